"""A few texts of the demo in the languages of residents: what you can come for, and the weekly coffee."""

from klapkarre.foundation.kit.languages import digest
from klapkarre.foundation.places.models import Place, Translation
from klapkarre.rooms.agenda.models import Activity
from klapkarre.rooms.agenda.translating import items_of_activity
from klapkarre.windows.workday.translations import items_of_point

LANGUAGES = ("fr", "en", "ar", "tr", "uk")
# The Dutch, and then in this order.
TEXTS = {
    "Een babbel met koffie of thee": (
        "Discuter autour d'un café ou d'un thé", "A chat with coffee or tea", "دردشة مع قهوة أو شاي",
        "Kahve veya çayla sohbet", "Розмова за кавою чи чаєм",
    ),
    "Hulp met gsm of computer": (
        "De l'aide avec votre GSM ou votre ordinateur", "Help with your phone or computer",
        "مساعدة في الهاتف أو الحاسوب", "Telefon veya bilgisayar yardımı", "Допомога з телефоном чи комп'ютером",
    ),
    "Kleine vragen over papieren": (
        "De petites questions sur vos papiers", "Small questions about papers", "أسئلة صغيرة عن الأوراق",
        "Evraklarla ilgili küçük sorular", "Дрібні питання про документи",
    ),
    "Andere buren leren kennen": (
        "Connaître d'autres voisins", "Get to know other neighbours", "التعرف على جيران آخرين",
        "Başka komşularla tanışmak", "Познайомитися з іншими сусідами",
    ),
    "Koffieklap": ("Café papote", "Coffee and a chat", "قهوة ودردشة", "Kahve sohbeti", "Розмова за кавою"),
    "Koffie, thee en een babbel. Iedereen is welkom. Je kinderen mogen mee.": (
        "Du café, du thé et une conversation. Tout le monde est bienvenu. Vos enfants peuvent venir.",
        "Coffee, tea and a chat. Everyone is welcome. You can bring your children.",
        "قهوة وشاي ودردشة. الجميع مرحب بهم. يمكنك إحضار أطفالك.",
        "Kahve, çay ve sohbet. Herkesi bekleriz. Çocuklarınızı da getirebilirsiniz.",
        "Кава, чай і розмова. Раді всім. Можна прийти з дітьми.",
    ),
}  # fmt: skip


def fill_translations(worker, now):
    """Translations by this worker; a text that stands on several rows is translated once on each."""
    items = [item for place in Place.objects.points() for item in items_of_point(place)]
    coffee = Activity.objects.filter(title="Koffieklap").select_related("series").last()
    items += items_of_activity(coffee) if coffee else []
    Translation.objects.bulk_create(
        Translation(
            of=item.row,
            field=item.field,
            language=language,
            text=text,
            source=digest(item.dutch),
            translator=worker.pk,
            translated_at=now,
        )
        for item in items
        for language, text in zip(LANGUAGES, TEXTS.get(item.dutch, ()), strict=False)
    )
