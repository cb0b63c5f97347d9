import klapkarre.foundation.kit.refuse
import klapkarre.foundation.kit.blind
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
                ('to_do_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wie volgt op')),
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
        migrations.CreateModel(
            name='Street',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='straat')),
                ('plain', models.CharField(editable=False, max_length=80)),
                ('neighbourhood', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.neighbourhood')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
            ],
            options={
                'verbose_name': 'straat',
                'verbose_name_plural': 'straten',
                'ordering': ('name',),
            },
        ),
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('title', models.CharField(max_length=80, verbose_name='waarvoor')),
                ('starts_on', models.DateField(verbose_name='eerste dag')),
                ('ends_on', models.DateField(verbose_name='laatste dag')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('ended_at', models.DateTimeField(editable=False, null=True)),
                ('left_out', models.PositiveIntegerField(default=0, editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('neighbourhood', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.neighbourhood', verbose_name='buurt')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.team')),
            ],
            options={
                'verbose_name': 'ronde',
                'verbose_name_plural': 'rondes',
                'ordering': ('-starts_on', '-created_at'),
            },
        ),
        migrations.CreateModel(
            name='Door',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('where', klapkarre.foundation.kit.fields.EncryptedTextField(blank=True, null=True, verbose_name='huisnummer')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='doors', to='outreach.round')),
                ('street', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='outreach.street')),
            ],
            options={
                'verbose_name': 'deur',
                'verbose_name_plural': 'deuren',
            },
        ),
        migrations.CreateModel(
            name='Attempt',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('outcome', models.CharField(choices=[('niet_thuis', 'niet thuis'), ('geweigerd', 'geweigerd'), ('gesproken', 'gesproken aan de deur'), ('binnen', 'binnen geweest'), ('rechten', 'rechten verkend'), ('niet_meer', 'niet meer langskomen')], max_length=12, verbose_name='wat ervan kwam')),
                ('when', models.DateTimeField(verbose_name='wanneer')),
                ('times', models.CharField(blank=True, max_length=40, verbose_name='wanneer het past')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('undone_at', models.DateTimeField(editable=False, null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='medewerker')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('door', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attempts', to='outreach.door')),
            ],
            options={
                'verbose_name': 'poging aan een deur',
                'verbose_name_plural': 'pogingen aan deuren',
                'ordering': ('when', 'created_at'),
            },
        ),
        migrations.CreateModel(
            name='LeftAlone',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('where', klapkarre.foundation.kit.fields.EncryptedTextField(blank=True, null=True, verbose_name='adres')),
                ('where_index', klapkarre.foundation.kit.blind.BlindIndexField(blank=True, db_index=True, kind='name', max_length=12, null=True, of='where')),
                ('since', models.DateField(default=django.utils.timezone.localdate, verbose_name='sinds')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
            ],
            options={
                'verbose_name': 'adres dat we met rust laten',
                'verbose_name_plural': 'adressen die we met rust laten',
            },
        ),
        migrations.CreateModel(
            name='RoundCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(choices=[('gepland', 'niet aangebeld'), ('niet_thuis', 'niet thuis'), ('geweigerd', 'geweigerd'), ('gesproken', 'gesproken aan de deur'), ('binnen', 'binnen geweest'), ('rechten', 'rechten verkend'), ('niet_meer', 'niet meer langskomen')], max_length=12, verbose_name='wat ervan kwam')),
                ('month', models.PositiveIntegerField()),
                ('doors', models.PositiveIntegerField()),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='counts', to='outreach.round')),
            ],
            options={
                'verbose_name': 'telling van een ronde',
                'verbose_name_plural': 'tellingen van rondes',
            },
        ),
        migrations.CreateModel(
            name='StreetCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('doors', models.PositiveIntegerField()),
                ('visited', models.PositiveIntegerField()),
                ('never_opened', models.PositiveIntegerField()),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='streets', to='outreach.round')),
                ('street', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='outreach.street')),
            ],
            options={
                'verbose_name': 'telling van een straat',
                'verbose_name_plural': 'tellingen van straten',
            },
        ),
        migrations.CreateModel(
            name='StreetVisit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='dag')),
                ('part', models.CharField(choices=[('voormiddag', 'voormiddag'), ('namiddag', 'namiddag'), ('avond', 'avond')], max_length=12, verbose_name='deel van de dag')),
                ('rings', models.PositiveIntegerField()),
                ('nobody', models.PositiveIntegerField()),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='visits', to='outreach.round')),
                ('street', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='outreach.street')),
            ],
            options={
                'verbose_name': 'bezoek aan een straat',
                'verbose_name_plural': 'bezoeken aan straten',
            },
        ),
        migrations.CreateModel(
            name='Support',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='dag')),
                ('initiative', models.CharField(max_length=80, verbose_name='welk initiatief')),
                ('kind', models.CharField(choices=[('meedenken', 'meedenken'), ('meedoen', 'meedoen op de dag zelf'), ('uitlenen', 'materiaal of lokaal uitlenen'), ('verbinden', 'mensen in contact brengen'), ('papierwerk', 'papierwerk of subsidie'), ('bekendmaken', 'mee bekendmaken')], max_length=12, verbose_name='wat we deden')),
                ('quarters', models.PositiveSmallIntegerField(verbose_name='hoe lang')),
                ('neighbourhood', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.neighbourhood', verbose_name='buurt')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.team')),
            ],
            options={
                'verbose_name': 'ondersteuning',
                'verbose_name_plural': 'ondersteuningen',
                'ordering': ('-day', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='Certificate',
            fields=[
                ('round', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='certificate', serialize=False, to='outreach.round')),
                ('at', models.DateTimeField(verbose_name='gewist op')),
                ('rule', models.CharField(choices=[('termijn', 'Een week na de laatste dag wist een ronde zich vanzelf.'), ('knop', 'Een werker beëindigde de ronde.')], max_length=8, verbose_name='regel')),
                ('doors', models.PositiveIntegerField(verbose_name='deuren')),
                ('attempts', models.PositiveIntegerField(verbose_name='pogingen')),
                ('digest', models.CharField(max_length=64, verbose_name='controlesom')),
            ],
            options={
                'verbose_name': 'bewijs van wissen',
                'verbose_name_plural': 'bewijzen van wissen',
                'constraints': [klapkarre.foundation.kit.refuse.Refuse(fields=('round', 'at', 'rule', 'doors', 'attempts', 'digest'), name='certificate_as_written', when='1 = 1')],
            },
        ),
        migrations.AddIndex(
            model_name='round',
            index=models.Index(fields=['team', 'ended_at', '-starts_on'], name='round_team'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='round_days'),
        ),
        migrations.AddConstraint(
            model_name='attempt',
            constraint=klapkarre.foundation.kit.refuse.Refuse(fields=('door', 'outcome', 'when', 'times', 'organisation'), name='attempt_stays', when='1 = 1'),
        ),
        migrations.AddIndex(
            model_name='leftalone',
            index=models.Index(fields=['organisation', 'where_index'], name='left_alone_address'),
        ),
        migrations.AddConstraint(
            model_name='roundcount',
            constraint=models.UniqueConstraint(fields=('round', 'outcome', 'month'), name='round_count_once'),
        ),
        migrations.AddConstraint(
            model_name='street',
            constraint=models.UniqueConstraint(fields=('organisation', 'neighbourhood', 'plain'), name='street_once'),
        ),
        migrations.AddIndex(
            model_name='door',
            index=models.Index(fields=['round', 'street'], name='door_round'),
        ),
        migrations.AddConstraint(
            model_name='streetcount',
            constraint=models.UniqueConstraint(fields=('round', 'street'), name='street_count_once'),
        ),
        migrations.AddConstraint(
            model_name='streetcount',
            constraint=models.CheckConstraint(condition=models.Q(('never_opened__lte', models.F('visited')), ('visited__lte', models.F('doors'))), name='street_count_fits'),
        ),
        migrations.AddIndex(
            model_name='streetvisit',
            index=models.Index(fields=['street', 'day'], name='street_last'),
        ),
        migrations.AddConstraint(
            model_name='streetvisit',
            constraint=models.UniqueConstraint(fields=('round', 'street', 'day', 'part'), name='street_visit_once'),
        ),
        migrations.AddIndex(
            model_name='support',
            index=models.Index(fields=['team', 'neighbourhood', '-day'], name='support_team'),
        ),
        migrations.CreateModel(
            name='FieldNote',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('word', models.CharField(choices=[('melding', 'melding'), ('signaal', 'signaal')], max_length=10, verbose_name='wat')),
                ('text', klapkarre.foundation.kit.fields.EncryptedTextField(blank=True, null=True, verbose_name='wat er was')),
                ('noted_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='wanneer')),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='medewerker')),
                ('neighbourhood', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.neighbourhood', verbose_name='buurt')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.team')),
            ],
            options={
                'verbose_name': 'notitie van onderweg',
                'verbose_name_plural': 'notities van onderweg',
                'ordering': ('noted_at', 'pk'),
                'indexes': [models.Index(condition=models.Q(('done_at', None)), fields=['team', 'noted_at'], name='field_note_to_do')],
            },
        ),
        migrations.CreateModel(
            name='HomeVisit',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('strength', klapkarre.foundation.kit.fields.EncryptedTextField(blank=True, null=True, verbose_name='sterkte')),
                ('wish', klapkarre.foundation.kit.fields.EncryptedTextField(blank=True, null=True, verbose_name='wens')),
                ('need', klapkarre.foundation.kit.fields.EncryptedTextField(blank=True, null=True, verbose_name='nood')),
                ('next_step', klapkarre.foundation.kit.fields.EncryptedTextField(blank=True, null=True, verbose_name='volgende stap')),
                ('consented_on', models.DateField(verbose_name='toestemming op')),
                ('text_version', models.CharField(max_length=20, verbose_name='wat gevraagd werd')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='gevraagd door')),
                ('contact', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='outreach.contactmoment')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
            ],
            options={
                'verbose_name': 'huisbezoek',
                'verbose_name_plural': 'huisbezoeken',
                'ordering': ('-created_at',),
            },
        ),
        migrations.CreateModel(
            name='ContactChange',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('field', models.CharField(choices=[('setting', 'waar'), ('neighbourhood', 'buurt'), ('when', 'wanneer'), ('people', 'met hoeveel mensen'), ('themes', 'waarover'), ('language_bridge', 'taalbrug'), ('age_group', 'leeftijd'), ('known', 'bekend gezicht'), ('note', 'nota'), ('follow_up_on', 'opvolgen op'), ('to_refer', 'doorverwijzen'), ('is_signal', 'signaal'), ('to_do_by', 'wie volgt op')], max_length=20, verbose_name='wat')),
                ('before', klapkarre.foundation.kit.fields.EncryptedTextField(blank=True, null=True, verbose_name='zoals het was')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='gewijzigd op')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='door')),
                ('contact', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='outreach.contactmoment')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
            ],
            options={
                'verbose_name': 'wijziging van een contact',
                'verbose_name_plural': 'wijzigingen van contacten',
                'ordering': ('-at', 'pk'),
                'constraints': [klapkarre.foundation.kit.refuse.Refuse(fields=('contact', 'field', 'at', 'organisation'), name='contact_change_stays', when='1 = 1')],
            },
        ),
    ]
