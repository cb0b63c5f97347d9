"""One answer: the hints of a text that somebody is writing. Nothing of it is kept."""

from django.http import HttpResponseBadRequest
from django.shortcuts import render
from django.views.decorators.http import require_POST

from klapkarre.foundation.plain.beside import found


@require_POST
def hints(request):
    """The list of hints for the field `veld` of the form that is being filled in; `id` is that of the field."""
    name, element = request.POST.get("veld", ""), request.POST.get("id", "")
    if not element.replace("_", "").replace("-", "").isalnum():
        return HttpResponseBadRequest()
    return render(
        request, "plain/hints.html", {"id": element, "fresh": True} | found(request.POST.get(name, ""))
    )
