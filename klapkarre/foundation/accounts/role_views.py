"""Who got which role, from whom, and whose login was made again: for the auditor, who gives no roles.

Who runs an organisation may give a role that sees names to a second account of her own, or make the login of a
colleague again. That cannot be forbidden without stopping the work; it can be seen here.
"""

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from klapkarre.foundation.accounts.access import AUDIT, OPEN_TEAM, SEE_NAMES, allowed_to
from klapkarre.foundation.accounts.actions import note_look
from klapkarre.foundation.accounts.models import Membership, MembershipChange

PER_PAGE = 50
KIND = MembershipChange._meta.label_lower
OPENS_NAMES = SEE_NAMES.roles | OPEN_TEAM.roles


@never_cache
@allowed_to(AUDIT)
def roles(request):
    """Each step of each role, the latest first, and the roles that came about without a step."""
    rows = MembershipChange.objects.visible_to(request.user).select_related(
        "membership__user", "membership__team", "by"
    )
    page = Paginator(rows.order_by("-at", "-pk"), PER_PAGE).get_page(request.GET.get("pagina"))
    for organisation in request.user.audited_ids:
        note_look(request, organisation, KIND, [str(row.pk) for row in page.object_list])
    context = {
        "page_obj": page,
        "opens_names": OPENS_NAMES,
        "unexplained": _unexplained(request.user),
    }
    return render(request, "accounts/role_changes.html", context)


def _unexplained(user):
    """Running roles of which no step is known: given when the organisation began, or outside the program."""
    steps = MembershipChange.objects.filter(membership=OuterRef("pk"), kind__in=MembershipChange.BEGINS)
    here = Membership.objects.current().filter(organisation__in=user.audited_ids)
    return here.filter(~Exists(steps)).select_related("user", "team").order_by("user__username", "pk")
