import django.db.models.deletion
import django.utils.timezone
import klapkarre.foundation.kit.fields
import klapkarre.foundation.kit.refuse
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('places', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('uuid', models.UUIDField(primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=40)),
                ('answer', models.CharField(blank=True, max_length=64)),
                ('at', models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                ('erased_at', models.DateTimeField(editable=False, null=True)),
            ],
            options={
                'verbose_name': 'ontvangstbewijs',
                'verbose_name_plural': 'ontvangstbewijzen',
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', klapkarre.foundation.kit.fields.EncryptedTextField(blank=True, null=True, verbose_name='naam')),
                ('phone', klapkarre.foundation.kit.fields.EncryptedTextField(blank=True, null=True, verbose_name='telefoon')),
                ('where', klapkarre.foundation.kit.fields.EncryptedTextField(blank=True, null=True, verbose_name='waar')),
                ('languages', klapkarre.foundation.kit.fields.EncryptedTextField(blank=True, null=True, verbose_name='talen')),
                ('wants', klapkarre.foundation.kit.fields.EncryptedTextField(blank=True, null=True, verbose_name='wat deze persoon wil')),
                ('consented_on', models.DateField(verbose_name='toestemming sinds')),
                ('withdrawn_at', models.DateTimeField(editable=False, null=True, verbose_name='ingetrokken op')),
                ('erase_on', models.DateField(editable=False, null=True)),
                ('restricted_at', models.DateTimeField(editable=False, null=True, verbose_name='beperkt sinds')),
                ('merged_at', models.DateTimeField(editable=False, null=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='bewaard sinds')),
                ('changed_at', models.DateTimeField(editable=False, null=True, verbose_name='laatst gewijzigd op')),
                ('touched_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('neighbourhood', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.neighbourhood', verbose_name='buurt')),
                ('merged_into', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='doubles', to='people.person')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.team')),
            ],
            options={
                'verbose_name': 'persoon',
                'verbose_name_plural': 'personen',
            },
        ),
        migrations.CreateModel(
            name='Merge',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='samengevoegd op')),
                ('undone_at', models.DateTimeField(editable=False, null=True)),
                ('kept', klapkarre.foundation.kit.fields.EncryptedTextField(blank=True, null=True, verbose_name='hoe het was')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='door')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.team')),
                ('gone', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='merged_away', to='people.person')),
                ('keeper', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='merges', to='people.person')),
            ],
            options={
                'verbose_name': 'samenvoeging',
                'verbose_name_plural': 'samenvoegingen',
                'ordering': ('-at',),
            },
        ),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('field', models.CharField(choices=[('name', 'naam'), ('phone', 'telefoon'), ('where', 'waar'), ('languages', 'talen'), ('wants', 'wat deze persoon wil'), ('neighbourhood', 'buurt')], max_length=20, verbose_name='veld')),
                ('before', klapkarre.foundation.kit.fields.EncryptedTextField(blank=True, null=True, verbose_name='zoals het was')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='gewijzigd op')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='door')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='corrections', to='people.person')),
            ],
            options={
                'verbose_name': 'wijziging',
                'verbose_name_plural': 'wijzigingen',
                'ordering': ('-at', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('act', models.CharField(choices=[('gegeven', 'gaf toestemming'), ('ingetrokken', 'trok toestemming in')], max_length=12, verbose_name='wat')),
                ('kinds', models.JSONField(verbose_name='waarmee')),
                ('how', models.CharField(choices=[('gesproken', 'gesproken'), ('papier', 'op papier'), ('tolk', 'met een tolk')], max_length=10, verbose_name='hoe')),
                ('said_by', models.CharField(choices=[('persoon', 'de persoon zelf'), ('vertrouwenspersoon', 'iemand die de persoon vertegenwoordigt')], default='persoon', max_length=20, verbose_name='wie zei het')),
                ('text_version', models.CharField(max_length=20, verbose_name='tekst')),
                ('day', models.DateField(verbose_name='op')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='gevraagd door')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to='people.person')),
            ],
            options={
                'verbose_name': 'toestemming',
                'verbose_name_plural': 'toestemmingen',
                'ordering': ('at', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='AgreedStep',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('what', klapkarre.foundation.kit.fields.EncryptedTextField(blank=True, null=True, verbose_name='wat')),
                ('doer', models.CharField(choices=[('persoon', 'de persoon zelf'), ('wij', 'wij'), ('ander', 'iemand anders')], max_length=10, verbose_name='wie')),
                ('who', klapkarre.foundation.kit.fields.EncryptedTextField(blank=True, null=True, verbose_name='wie precies')),
                ('day', models.DateField(verbose_name='tegen')),
                ('state', models.CharField(choices=[('open', 'nog te doen'), ('gedaan', 'gedaan'), ('niet', 'niet gedaan')], default='open', max_length=10, verbose_name='stand')),
                ('settled_at', models.DateTimeField(editable=False, null=True, verbose_name='afgerond op')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='people.person')),
            ],
            options={
                'verbose_name': 'afgesproken stap',
                'verbose_name_plural': 'afgesproken stappen',
                'ordering': ('day', 'created_at'),
            },
        ),
        migrations.CreateModel(
            name='RightsRequest',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('loose_kind', models.CharField(blank=True, editable=False, max_length=60)),
                ('loose_row', models.UUIDField(editable=False, null=True)),
                ('kind', models.CharField(choices=[('inzage', 'inzage: wat staat er over mij?'), ('verbetering', 'verbetering: dit klopt niet'), ('beperking', 'beperking: gebruik het even niet'), ('wissen', 'wissen: haal alles weg'), ('bezwaar', 'bezwaar: ik wil dit niet')], max_length=12, verbose_name='wat')),
                ('asked_by', models.CharField(choices=[('persoon', 'de persoon zelf'), ('vertrouwenspersoon', 'iemand die de persoon vertegenwoordigt')], max_length=20, verbose_name='wie vroeg het')),
                ('checked', klapkarre.foundation.kit.fields.EncryptedTextField(blank=True, null=True, verbose_name='hoe weet je wie het is')),
                ('asked_on', models.DateField(verbose_name='gevraagd op')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('outcome', models.CharField(blank=True, choices=[('gedaan', 'gedaan'), ('geweigerd', 'geweigerd')], max_length=10, verbose_name='afloop')),
                ('closed_at', models.DateTimeField(editable=False, null=True, verbose_name='afgesloten op')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='opgenomen door')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('neighbourhood', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.neighbourhood')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='rights_requests', to='people.person')),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.team')),
            ],
            options={
                'verbose_name': 'vraag over eigen gegevens',
                'verbose_name_plural': 'vragen over eigen gegevens',
                'ordering': ('closed_at', 'asked_on', 'at'),
            },
        ),
        migrations.CreateModel(
            name='RequestEvent',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('act', models.CharField(choices=[('gevraagd', 'gevraagd'), ('beperkt', 'beperkt'), ('ingekeken', 'ingekeken om een wettelijke reden'), ('opgeheven', 'beperking opgeheven'), ('gewist', 'alles gewist'), ('gedaan', 'gedaan'), ('geweigerd', 'geweigerd')], max_length=12, verbose_name='wat')),
                ('reason', klapkarre.foundation.kit.fields.EncryptedTextField(blank=True, null=True, verbose_name='reden')),
                ('counts', models.JSONField(default=dict, verbose_name='hoeveel')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='op')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='door')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='people.rightsrequest')),
            ],
            options={
                'verbose_name': 'stap van een vraag',
                'verbose_name_plural': 'stappen van vragen',
                'ordering': ('at', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Tie',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('who', klapkarre.foundation.kit.fields.EncryptedTextField(blank=True, null=True, verbose_name='wie')),
                ('does', models.CharField(choices=[('belt', 'belt'), ('bezoekt', 'komt langs'), ('beide', 'belt en komt langs'), ('helpt', 'helpt')], max_length=10, verbose_name='wat')),
                ('agreed_on', models.DateField(verbose_name='afgesproken op')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('other', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='ties_to', to='people.person')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ties', to='people.person')),
                ('volunteer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='vrijwilliger')),
            ],
            options={
                'verbose_name': 'band',
                'verbose_name_plural': 'banden',
                'ordering': ('created_at',),
            },
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(condition=models.Q(('merged_into', None), ('withdrawn_at', None)), fields=['team'], name='person_team'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('erase_on', None), ('withdrawn_at', None)), models.Q(('erase_on__isnull', False), ('withdrawn_at__isnull', False)), _connector='OR'), name='person_withdrawn_is_erased'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('merged_at', None), ('merged_into', None)), models.Q(('merged_at__isnull', False), ('merged_into__isnull', False)), _connector='OR'), name='person_merged_when'),
        ),
        migrations.AddConstraint(
            model_name='agreedstep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('settled_at', None), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('settled_at__isnull', False)), _connector='OR'), name='step_settled_when'),
        ),
        migrations.AddConstraint(
            model_name='rightsrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('outcome', '')), models.Q(('closed_at__isnull', False), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='request_closed_how'),
        ),
        migrations.AddConstraint(
            model_name='requestevent',
            constraint=klapkarre.foundation.kit.refuse.Refuse(fields=('request', 'act', 'at', 'counts'), name='request_event_stays', when='1 = 1'),
        ),
        migrations.AddConstraint(
            model_name='tie',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('other__isnull', False), ('volunteer', None), ('who__isnull', True)), models.Q(('other', None), ('volunteer__isnull', False), ('who__isnull', True)), models.Q(('other', None), ('volunteer', None), ('who__isnull', False)), _connector='OR'), name='tie_to_one'),
        ),
        migrations.CreateModel(
            name='Earlier',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('field', models.CharField(choices=[('what', 'wat'), ('doer', 'wie doet het'), ('who', 'wie'), ('day', 'tegen'), ('does', 'wat die doet'), ('agreed_on', 'afgesproken op')], max_length=20, verbose_name='veld')),
                ('before', klapkarre.foundation.kit.fields.EncryptedTextField(blank=True, null=True, verbose_name='zoals het was')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='aangepast op')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='door')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('step', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='earlier', to='people.agreedstep')),
                ('tie', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='earlier', to='people.tie')),
            ],
            options={
                'verbose_name': 'vroegere afspraak',
                'verbose_name_plural': 'vroegere afspraken',
                'ordering': ('-at', 'pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('step', None), ('tie__isnull', False)), models.Q(('step__isnull', False), ('tie', None)), _connector='OR'), name='earlier_of_one')],
            },
        ),
        migrations.CreateModel(
            name='StaffCard',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('first_name', models.CharField(max_length=40, verbose_name='voornaam')),
                ('phone', models.CharField(blank=True, max_length=30, verbose_name='telefoon')),
                ('large', models.CharField(blank=True, max_length=40, verbose_name='foto')),
                ('small', models.CharField(blank=True, max_length=40, verbose_name='kleine foto')),
                ('width', models.PositiveSmallIntegerField(default=0)),
                ('height', models.PositiveSmallIntegerField(default=0)),
                ('consented_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('neighbourhoods', models.ManyToManyField(related_name='+', to='places.neighbourhood')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'kaartje van een medewerker',
                'verbose_name_plural': 'kaartjes van medewerkers',
                'constraints': [models.UniqueConstraint(fields=('organisation', 'user'), name='one_card_an_organisation')],
            },
        ),
        migrations.CreateModel(
            name='Quarantined',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(blank=True, max_length=20)),
                ('reason', models.CharField(choices=[('sealed', 'De notitie gaat niet open.'), ('form', 'De telefoon stuurde iets dat we niet begrijpen.'), ('values', 'Er staat iets in dat niet klopt.'), ('clock', 'De klok van de telefoon klopt niet, of de notitie is ouder dan 60 dagen.'), ('place', 'Deze plek hoort niet bij het team van deze werker.'), ('left', 'Deze werker heeft hier nu geen rol.'), ('withdrawn', 'Deze telefoon was ontkoppeld.'), ('number', 'Er staat een nummer of wachtwoord in dat we beter niet bewaren.'), ('two', 'Er was al iets anders genoteerd.'), ('early', 'De activiteit was nog niet begonnen.'), ('off', 'De activiteit gaat niet door.'), ('fewer', 'Op de lijst zijn al meer mensen aangevinkt.'), ('program', 'Het bewaren lukte niet door een fout in het programma.')], max_length=10)),
                ('content', klapkarre.foundation.kit.fields.EncryptedTextField(blank=True, null=True, verbose_name='wat er stond')),
                ('noted_at', models.DateTimeField(blank=True, null=True)),
                ('received_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('neighbourhood', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.neighbourhood')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.team')),
            ],
            options={
                'verbose_name': 'notitie om na te kijken',
                'verbose_name_plural': 'notities om na te kijken',
                'ordering': ('received_at', 'pk'),
                'indexes': [models.Index(fields=['team', 'received_at'], name='quarantined_team')],
            },
        ),
    ]
