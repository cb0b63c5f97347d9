"""Cards of two invented workers; one with a drawing (CC0) in the place of a photo."""

from PIL import Image, ImageDraw

from klapkarre.foundation.accounts.models import User
from klapkarre.foundation.kit import pictures
from klapkarre.foundation.people.actions import show_card

# Numbers that are kept free for fiction would look foreign here: these end in zeros, and the demo says so.
CARDS = (("worker", "Mo (verzonnen)", "0470 00 00 00", True), ("worker3", "Lotte (verzonnen)", "", False))
GROUND, SKIN, HAIR, SHIRT = "#dff0ec", "#c68a5e", "#3a2a20", "#0f5e56"


def drawing():
    """A face in plain planes."""
    image = Image.new("RGB", (480, 480), GROUND)
    pen = ImageDraw.Draw(image)
    pen.ellipse((60, 330, 420, 700), fill=SHIRT)
    pen.ellipse((150, 90, 330, 250), fill=HAIR)
    pen.ellipse((160, 120, 320, 340), fill=SKIN)
    for left in (200, 260):
        pen.ellipse((left, 205, left + 18, 223), fill=HAIR)
    pen.arc((205, 220, 275, 295), 20, 160, fill=HAIR, width=6)
    return image


def fill_cards(organisation, team):
    """In the neighbourhoods of the team."""
    for username, first_name, phone, has_photo in CARDS:
        user = User.objects.get(username=username)
        values = {"first_name": first_name, "phone": phone, "neighbourhoods": team.neighbourhoods.all()}
        show_card(user, organisation, values, pictures.in_both_sizes(drawing()) if has_photo else None)
