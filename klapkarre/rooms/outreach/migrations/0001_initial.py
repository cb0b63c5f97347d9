import django.db.models.deletion
import django.utils.timezone
import klapkarre.foundation.kit.fields
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('people', '0001_initial'),
        ('places', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ContactMoment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('when', models.DateTimeField(default=django.utils.timezone.now, verbose_name='wanneer')),
                ('month', models.PositiveIntegerField(editable=False)),
                ('setting', models.CharField(choices=[('buurtpunt', 'buurtpunt'), ('huisbezoek', 'huisbezoek'), ('straat', 'straat of plein'), ('elders', 'andere organisatie'), ('telefoon', 'telefoon of online')], max_length=12, verbose_name='waar')),
                ('people', models.PositiveSmallIntegerField(default=1, verbose_name='met hoeveel mensen')),
                ('language_bridge', models.CharField(choices=[('geen', 'geen'), ('contacttaal', 'contacttaal'), ('vertaalapp', 'vertaalapp'), ('collega', 'collega tolkt'), ('telefoontolk', 'telefoontolk'), ('videotolk', 'videotolk'), ('tolk', 'tolk ter plaatse'), ('familie', 'familie of buur')], default='geen', max_length=12, verbose_name='taalbrug')),
                ('age_group', models.CharField(blank=True, choices=[('kinderen', 'kinderen'), ('jongeren', 'jongeren'), ('volwassenen', 'volwassenen'), ('ouderen', 'ouderen')], max_length=12, verbose_name='leeftijd')),
                ('known', models.CharField(choices=[('onbekend', 'onbekend'), ('bekend', 'bekend gezicht'), ('persoon', 'persoon')], default='onbekend', max_length=10, verbose_name='bekend')),
                ('note', klapkarre.foundation.kit.fields.EncryptedTextField(blank=True, null=True, verbose_name='nota')),
                ('follow_up_on', models.DateField(blank=True, null=True, verbose_name='opvolgen op')),
                ('to_refer', models.BooleanField(default=False, verbose_name='doorverwijzen')),
                ('is_signal', models.BooleanField(default=False, verbose_name='signaal')),
                ('followed_up_at', models.DateTimeField(blank=True, null=True)),
                ('referred_at', models.DateTimeField(blank=True, null=True)),
                ('passed_on_at', models.DateTimeField(blank=True, null=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('changed_at', models.DateTimeField(editable=False, null=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='medewerker')),
                ('neighbourhood', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.neighbourhood', verbose_name='buurt')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person')),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.team')),
            ],
            options={
                'verbose_name': 'contactmoment',
                'verbose_name_plural': 'contactmomenten',
                'ordering': ('-when',),
            },
        ),
        migrations.CreateModel(
            name='ContactTheme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('theme', models.CharField(choices=[('babbel', 'babbel'), ('digitaal', 'digitaal'), ('administratie', 'administratie'), ('rechten', 'rechten'), ('buren', 'buren leren kennen'), ('idee', 'idee of melding'), ('financien', 'geld'), ('wonen', 'wonen'), ('gezondheid', 'gezondheid'), ('mentaal', 'mentaal welzijn'), ('werk', 'werk'), ('onderwijs', 'onderwijs'), ('vrijetijd', 'vrije tijd'), ('energie', 'energie'), ('mobiliteit', 'mobiliteit'), ('verblijf', 'verblijf'), ('veiligheid', 'veiligheid'), ('samenleven', 'samenleven'), ('leefomgeving', 'leefomgeving'), ('vuilniszak', 'vuilniszak')], max_length=20, verbose_name='thema')),
                ('contact', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='themes', to='outreach.contactmoment')),
            ],
            options={
                'verbose_name': 'thema van een contact',
                'verbose_name_plural': "thema's van contacten",
            },
        ),
        migrations.AddIndex(
            model_name='contactmoment',
            index=models.Index(fields=['team', 'month', 'neighbourhood', 'known', 'people'], name='contact_report'),
        ),
        migrations.AddIndex(
            model_name='contactmoment',
            index=models.Index(fields=['by', '-when'], name='contact_own'),
        ),
        migrations.AddIndex(
            model_name='contactmoment',
            index=models.Index(fields=['team', '-when'], name='contact_team'),
        ),
        migrations.AddIndex(
            model_name='contactmoment',
            index=models.Index(condition=models.Q(models.Q(('follow_up_on__isnull', False), ('followed_up_at', None)), models.Q(('referred_at', None), ('to_refer', True)), models.Q(('is_signal', True), ('passed_on_at', None)), _connector='OR'), fields=['team', 'follow_up_on'], name='contact_to_do'),
        ),
        migrations.AddConstraint(
            model_name='contactmoment',
            constraint=models.CheckConstraint(condition=models.Q(('people__gte', 1)), name='contact_people'),
        ),
        migrations.AddConstraint(
            model_name='contacttheme',
            constraint=models.UniqueConstraint(fields=('contact', 'theme'), name='contact_theme_once'),
        ),
    ]
