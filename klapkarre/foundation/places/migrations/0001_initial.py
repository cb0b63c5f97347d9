import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
    ]

    operations = [
        migrations.CreateModel(
            name='Municipality',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, verbose_name='naam')),
                ('slug', models.SlugField(unique=True)),
                ('desk', models.CharField(blank=True, help_text='bv. Sociaal Huis', max_length=100, verbose_name='loket')),
                ('phone', models.CharField(blank=True, max_length=30, verbose_name='telefoon')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('content_version', models.PositiveBigIntegerField(default=0, editable=False)),
                ('feed_version', models.PositiveBigIntegerField(default=0, editable=False)),
            ],
            options={
                'verbose_name': 'gemeente',
                'verbose_name_plural': 'gemeenten',
                'ordering': ('name',),
            },
        ),
        migrations.CreateModel(
            name='Neighbourhood',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('latitude', models.DecimalField(blank=True, decimal_places=5, max_digits=7, null=True, verbose_name='breedtegraad')),
                ('longitude', models.DecimalField(blank=True, decimal_places=5, max_digits=8, null=True, verbose_name='lengtegraad')),
                ('name', models.CharField(max_length=100, verbose_name='naam')),
                ('slug', models.SlugField(unique=True)),
                ('status', models.CharField(choices=[('active', 'actief'), ('supported', 'ondersteund')], default='active', max_length=10)),
                ('summary', models.TextField(blank=True, verbose_name='in het kort')),
                ('page_label', models.CharField(blank=True, max_length=100, verbose_name='pagina van de buurt')),
                ('page_url', models.URLField(blank=True, verbose_name='adres van die pagina')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='neighbourhoods', to='places.municipality')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='places.neighbourhood')),
            ],
            options={
                'verbose_name': 'buurt',
                'verbose_name_plural': 'buurten',
                'ordering': ('name',),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('latitude', None), ('longitude', None)), models.Q(('latitude__isnull', False), ('longitude__isnull', False), ('latitude__gte', -90), ('latitude__lte', 90), ('longitude__gte', -180), ('longitude__lte', 180)), _connector='OR'), name='neighbourhood_position')],
            },
        ),
        migrations.CreateModel(
            name='Place',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('latitude', models.DecimalField(blank=True, decimal_places=5, max_digits=7, null=True, verbose_name='breedtegraad')),
                ('longitude', models.DecimalField(blank=True, decimal_places=5, max_digits=8, null=True, verbose_name='lengtegraad')),
                ('kind', models.CharField(choices=[('point', 'buurtpunt'), ('square', 'straat of plein'), ('school', 'school'), ('partner', 'bij een partner'), ('stop', 'halte van de klapkarre')], default='point', max_length=10)),
                ('name', models.CharField(max_length=100, verbose_name='naam')),
                ('slug', models.SlugField(unique=True)),
                ('street', models.CharField(blank=True, max_length=150, verbose_name='straat en nummer')),
                ('postcode', models.CharField(blank=True, max_length=10, verbose_name='postcode')),
                ('town', models.CharField(blank=True, max_length=100, verbose_name='plaats')),
                ('summary', models.TextField(blank=True, verbose_name='in het kort')),
                ('way_there', models.TextField(blank=True, verbose_name='zo kom je er')),
                ('position_is_rough', models.BooleanField(default=False, verbose_name='ligging ongeveer')),
                ('phone', models.CharField(blank=True, max_length=30, verbose_name='telefoon')),
                ('phone_of', models.CharField(blank=True, max_length=100, verbose_name='wie neemt op')),
                ('phone_is_example', models.BooleanField(default=False, verbose_name='voorbeeldnummer')),
                ('closed_on_public_holidays', models.BooleanField(default=True, verbose_name='dicht op feestdagen')),
                ('neighbourhood', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='places', to='places.neighbourhood')),
            ],
            options={
                'verbose_name': 'plaats',
                'verbose_name_plural': 'plaatsen',
                'ordering': ('name',),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('latitude', None), ('longitude', None)), models.Q(('latitude__isnull', False), ('longitude__isnull', False), ('latitude__gte', -90), ('latitude__lte', 90), ('longitude__gte', -180), ('longitude__lte', 180)), _connector='OR'), name='place_position')],
            },
        ),
        migrations.CreateModel(
            name='ExtraOpening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('opens', models.TimeField()),
                ('closes', models.TimeField()),
                ('note', models.CharField(blank=True, max_length=150, verbose_name='uitleg')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='extra_openings', to='places.place')),
            ],
            options={
                'verbose_name': 'extra opening',
                'verbose_name_plural': 'extra openingen',
                'ordering': ('day', 'opens'),
            },
        ),
        migrations.CreateModel(
            name='Picture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('large', models.CharField(max_length=40, unique=True)),
                ('small', models.CharField(max_length=40, unique=True)),
                ('width', models.PositiveSmallIntegerField()),
                ('height', models.PositiveSmallIntegerField()),
                ('small_width', models.PositiveSmallIntegerField()),
                ('alt', models.CharField(max_length=150, verbose_name='wat je op de foto ziet')),
                ('place', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='picture', to='places.place')),
            ],
            options={
                'verbose_name': 'foto',
                'verbose_name_plural': "foto's",
            },
        ),
        migrations.CreateModel(
            name='Welcome',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('text', models.CharField(max_length=150, verbose_name='waarvoor')),
                ('theme', models.CharField(blank=True, max_length=20)),
                ('icon', models.CharField(blank=True, max_length=40)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='welcomes', to='places.place')),
            ],
            options={
                'verbose_name': 'waarvoor je komt',
                'verbose_name_plural': 'waarvoor je komt',
                'ordering': ('position',),
            },
        ),
        migrations.CreateModel(
            name='OpeningHours',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weekday', models.PositiveSmallIntegerField(help_text='0 = maandag')),
                ('opens', models.TimeField()),
                ('closes', models.TimeField()),
                ('during', models.CharField(choices=[('always', 'altijd'), ('school', 'enkel in schoolweken'), ('holidays', 'enkel in schoolvakanties')], default='always', max_length=10)),
                ('valid_from', models.DateField(blank=True, null=True)),
                ('valid_until', models.DateField(blank=True, null=True)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hours', to='places.place')),
            ],
            options={
                'verbose_name': 'openingsuren',
                'verbose_name_plural': 'openingsuren',
                'ordering': ('weekday', 'opens'),
                'constraints': [models.CheckConstraint(condition=models.Q(('weekday__lte', 6)), name='hours_weekday'), models.CheckConstraint(condition=models.Q(('valid_until', None), ('valid_from', None), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='hours_valid_period')],
            },
        ),
        migrations.CreateModel(
            name='Closure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_day', models.DateField()),
                ('last_day', models.DateField()),
                ('reason', models.CharField(blank=True, max_length=150, verbose_name='reden')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='closures', to='places.place')),
            ],
            options={
                'verbose_name': 'sluiting',
                'verbose_name_plural': 'sluitingen',
                'ordering': ('first_day',),
                'constraints': [models.CheckConstraint(condition=models.Q(('last_day__gte', models.F('first_day'))), name='closure_period')],
            },
        ),
        migrations.CreateModel(
            name='Translation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row', models.PositiveBigIntegerField()),
                ('field', models.CharField(max_length=30)),
                ('language', models.CharField(choices=[('fr', 'Français'), ('en', 'English'), ('ar', 'العربية'), ('tr', 'Türkçe'), ('uk', 'Українська')], max_length=10)),
                ('text', models.TextField(max_length=5000)),
                ('source', models.CharField(max_length=32)),
                ('translator', models.PositiveBigIntegerField(null=True)),
                ('translated_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('kind', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype')),
            ],
            options={
                'verbose_name': 'vertaling',
                'verbose_name_plural': 'vertalingen',
                'indexes': [models.Index(fields=['language', 'translated_at'], name='translation_language')],
                'constraints': [models.UniqueConstraint(fields=('kind', 'row', 'field', 'language'), name='translation_once')],
            },
        ),
    ]
