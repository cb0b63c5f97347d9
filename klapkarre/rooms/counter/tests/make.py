import uuid

from klapkarre.rooms.counter.models import Visit


def make_visit(point, team, by=None, reason="babbel", **more):
    return Visit.objects.create(
        id=more.pop("key", None) or uuid.uuid4(),
        organisation_id=team.organisation_id,
        team=team,
        neighbourhood=more.pop("neighbourhood", None) or point.neighbourhood,
        place=point,
        by=by,
        reason=reason,
        **more,
    )
