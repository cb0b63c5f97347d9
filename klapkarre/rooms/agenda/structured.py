"""One activity in the words of schema.org, for search engines and other programs that read its page."""

from django.utils import timezone

from klapkarre.foundation.kit.linked import SCHEMA, linked
from klapkarre.foundation.kit.templatetags.kit import said


def event(activity):
    """The JSON-LD of an activity, safe inside a script element: only what its page says as well."""
    place = activity.place
    address = {"addressCountry": "BE", "addressLocality": activity.neighbourhood.municipality.name}
    if place:
        address |= {"streetAddress": place.street, "postalCode": place.postcode}
        address |= {"addressLocality": place.town or address["addressLocality"]}
    state = "EventCancelled" if activity.is_cancelled else "EventScheduled"
    facts = {
        "@type": "Event",
        "name": said(activity.title),
        "description": said(activity.summary),
        "startDate": timezone.localtime(activity.starts_at).isoformat(timespec="minutes"),
        "endDate": timezone.localtime(activity.ends_at).isoformat(timespec="minutes"),
        "eventStatus": f"{SCHEMA}/{state}",
        "eventAttendanceMode": f"{SCHEMA}/OfflineEventAttendanceMode",
        "inLanguage": list(activity.spoken) or "nl-BE",
        "audience": activity.audience_words
        and {"@type": "Audience", "audienceType": activity.audience_words},
        "isAccessibleForFree": activity.price_cents == 0,
        "offers": {"@type": "Offer", "price": f"{activity.price:.2f}", "priceCurrency": "EUR"},
        "location": {
            "@type": "Place",
            "name": place.name if place else said(activity.where),
            "address": {"@type": "PostalAddress", **address},
            **_amenities(activity),
        },
        "organizer": _organisers(activity),
        "maximumAttendeeCapacity": activity.capacity,
    }
    return linked(facts)


def _amenities(activity):
    """What is there, as features of the place."""
    features = [
        {"@type": "LocationFeatureSpecification", "name": str(sentence), "value": True}
        for _icon, sentence in activity.access_facts
    ]
    return {"amenityFeature": features} if features else {}


def _organisers(activity):
    names = [activity.organisation.name, *(name.strip() for name in activity.partners.split(","))]
    found = [{"@type": "Organization", "name": name} for name in names if name]
    return found if len(found) > 1 else found[0]
