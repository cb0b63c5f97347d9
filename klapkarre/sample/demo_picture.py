"""A picture of one point, so that the demo has one: a drawing of our own (CC0), made here and no photo of anything."""

from PIL import Image, ImageDraw

from klapkarre.foundation.kit import pictures
from klapkarre.foundation.places import photos
from klapkarre.foundation.places.models import Place

ALT = "Tekening, verzonnen: een gele deur in een rode gevel, met een bank en een boom ernaast."
SIZE = (960, 640)
SKY, WALL, DOOR, GLASS, STREET, WOOD, LEAF = (
    *("#dcecec", "#a94a34", "#f6c445", "#f4f8f4", "#b9b2a4", "#6b4a2f", "#2f6f4f"),
)


def drawing():
    """A front with a door and two windows, a bench and a tree, in plain planes."""
    image = Image.new("RGB", SIZE, SKY)
    pen = ImageDraw.Draw(image)
    pen.rectangle((120, 120, 740, 540), fill=WALL)
    pen.polygon([(90, 130), (430, 20), (770, 130)], fill=WOOD)
    pen.rectangle((370, 270, 490, 540), fill=DOOR)
    pen.ellipse((466, 400, 480, 414), fill=WOOD)
    for left in (180, 560):
        pen.rectangle((left, 220, left + 120, 360), fill=GLASS, outline=WOOD, width=8)
    pen.rectangle((0, 540, 960, 640), fill=STREET)
    pen.rectangle((170, 480, 320, 496), fill=WOOD)
    pen.rectangle((180, 496, 192, 540), fill=WOOD)
    pen.rectangle((298, 496, 310, 540), fill=WOOD)
    pen.rectangle((836, 330, 860, 540), fill=WOOD)
    pen.ellipse((760, 150, 936, 360), fill=LEAF)
    return image


def fill_picture(slug="vlotgraslaan"):
    """Put the drawing on this point, when the town has it."""
    place = Place.objects.filter(slug=slug).first()
    if place:
        photos.show_picture(place, *pictures.in_both_sizes(drawing()), ALT)
