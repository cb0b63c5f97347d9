import django.db.models.deletion
import django.utils.timezone
import klapkarre.foundation.accounts.models.readings
import klapkarre.foundation.kit.fields
import klapkarre.foundation.kit.refuse
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('places', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('username', models.CharField(max_length=150, unique=True, verbose_name='gebruikersnaam')),
                ('is_active', models.BooleanField(default=True)),
            ],
            options={
                'verbose_name': 'gebruiker',
                'verbose_name_plural': 'gebruikers',
            },
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=150, verbose_name='naam')),
                ('slug', models.SlugField(unique=True)),
            ],
            options={
                'verbose_name': 'organisatie',
                'verbose_name_plural': 'organisaties',
                'ordering': ('name',),
            },
        ),
        migrations.CreateModel(
            name='Covenant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=150, verbose_name='naam')),
                ('plan', models.CharField(blank=True, max_length=200, verbose_name='beleidsplan')),
                ('starts_on', models.DateField(verbose_name='begin')),
                ('ends_on', models.DateField(verbose_name='einde')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.municipality')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='covenants', to='accounts.organisation')),
            ],
            options={
                'verbose_name': 'convenant',
                'verbose_name_plural': 'convenanten',
                'ordering': ('-starts_on',),
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('volunteer', 'vrijwilliger'), ('worker', 'buurtopbouwwerker'), ('coordinator', 'coördinator'), ('partner', 'partner'), ('city', 'stadsdienst'), ('auditor', 'auditor'), ('administrator', 'beheerder')], max_length=15)),
                ('starts_on', models.DateField(default=django.utils.timezone.localdate)),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('suspended_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('neighbourhood', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.neighbourhood')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
            ],
            options={
                'verbose_name': 'rol',
                'verbose_name_plural': 'rollen',
            },
        ),
        migrations.CreateModel(
            name='MembershipChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('given', 'Rol gegeven'), ('accepted', 'Uitnodiging aangenomen'), ('end_changed', 'Einddag gewijzigd'), ('suspended', 'Geschorst'), ('taken_back', 'Schorsing opgeheven'), ('ended', 'Beëindigd'), ('came_back', 'Teruggekomen'), ('letter', 'Nieuwe brief voor de login'), ('server_letter', 'Nieuwe brief, gemaakt op de server'), ('new_login', 'Login opnieuw gemaakt'), ('sessions_ended', 'Overal afgemeld')], max_length=15)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='accounts.membership')),
            ],
            options={
                'verbose_name': 'wijziging van een rol',
                'verbose_name_plural': 'wijzigingen van rollen',
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='Opening',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('reason', klapkarre.foundation.kit.fields.EncryptedTextField(blank=True, null=True, verbose_name='reden')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('until', models.DateTimeField()),
                ('stopped_at', models.DateTimeField(blank=True, null=True)),
                ('expired', models.BooleanField(default=False)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
            ],
            options={
                'verbose_name': 'geopend team',
                'verbose_name_plural': 'geopende teams',
                'ordering': ('-at',),
            },
        ),
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveBigIntegerField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('route', models.CharField(max_length=100)),
                ('kind', models.CharField(max_length=50)),
                ('rows', models.JSONField(default=list)),
                ('size', models.PositiveIntegerField(default=0)),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('previous', models.CharField(max_length=64)),
                ('hash', models.CharField(max_length=64)),
                ('expired', models.BooleanField(default=False)),
                ('opening', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='accounts.opening')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'inzage',
                'verbose_name_plural': 'inzagen',
                'ordering': ('-pk',),
            },
        ),
        migrations.CreateModel(
            name='Team',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, verbose_name='naam')),
                ('neighbourhoods', models.ManyToManyField(blank=True, related_name='+', to='places.neighbourhood')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='teams', to='accounts.organisation')),
            ],
            options={
                'verbose_name': 'team',
                'verbose_name_plural': 'teams',
                'ordering': ('name',),
            },
        ),
        migrations.AddField(
            model_name='opening',
            name='team',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.team'),
        ),
        migrations.AddField(
            model_name='membership',
            name='team',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.team'),
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('role', models.CharField(choices=[('volunteer', 'vrijwilliger'), ('worker', 'buurtopbouwwerker'), ('coordinator', 'coördinator'), ('partner', 'partner'), ('city', 'stadsdienst'), ('auditor', 'auditor'), ('administrator', 'beheerder')], max_length=15)),
                ('starts_on', models.DateField(default=django.utils.timezone.localdate)),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('code_hash', models.CharField(max_length=64, unique=True)),
                ('invited_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('invited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('neighbourhood', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.neighbourhood')),
                ('used_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('renews', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.membership')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.team')),
            ],
            options={
                'verbose_name': 'uitnodiging',
                'verbose_name_plural': 'uitnodigingen',
                'ordering': ('-invited_at',),
            },
        ),
        migrations.CreateModel(
            name='ThemeGoal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('theme', models.CharField(choices=[('babbel', 'babbel'), ('digitaal', 'digitaal'), ('administratie', 'administratie'), ('rechten', 'rechten'), ('buren', 'buren leren kennen'), ('idee', 'idee of melding'), ('financien', 'geld'), ('wonen', 'wonen'), ('gezondheid', 'gezondheid'), ('mentaal', 'mentaal welzijn'), ('werk', 'werk'), ('onderwijs', 'onderwijs'), ('vrijetijd', 'vrije tijd'), ('energie', 'energie'), ('mobiliteit', 'mobiliteit'), ('verblijf', 'verblijf'), ('veiligheid', 'veiligheid'), ('samenleven', 'samenleven'), ('leefomgeving', 'leefomgeving'), ('vuilniszak', 'vuilniszak')], max_length=20)),
                ('number', models.PositiveSmallIntegerField()),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='theme_goals', to='accounts.team')),
            ],
            options={
                'verbose_name': 'doel van een thema',
                'verbose_name_plural': "doelen van thema's",
            },
        ),
        migrations.CreateModel(
            name='CovenantGoal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('short', models.CharField(max_length=80, verbose_name='in het kort')),
                ('text', models.TextField(verbose_name='tekst van het convenant')),
                ('covenant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='goals', to='accounts.covenant')),
            ],
            options={
                'verbose_name': 'doel',
                'verbose_name_plural': 'doelen',
                'ordering': ('number',),
                'constraints': [models.UniqueConstraint(fields=('covenant', 'number'), name='goal_number')],
            },
        ),
        migrations.CreateModel(
            name='LoginEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('in', 'Ingelogd'), ('wrong', 'Foute poging'), ('wrong_second', 'Tweede stap mislukt'), ('wrong_confirm', 'Bevestigen mislukt'), ('locked', 'Te veel foute pogingen: even dicht'), ('refused', 'Geweigerd: geen rol meer'), ('passkey_added', 'Toegangssleutel gemaakt'), ('passkey_removed', 'Toegangssleutel weggenomen'), ('app_added', 'App met codes ingesteld'), ('app_removed', 'App met codes weggenomen'), ('password', 'Wachtwoord gekozen'), ('codes_made', 'Herstelcodes gemaakt'), ('code_used', 'Herstelcode gebruikt'), ('house_linked', 'Login van de organisatie gekoppeld'), ('house_unlinked', 'Login van de organisatie losgemaakt'), ('letter_made', 'Nieuwe brief voor de login gemaakt'), ('letter_used', 'Login opnieuw gemaakt met een brief'), ('elsewhere', 'Andere toestellen uitgelogd'), ('ended_by', 'Overal afgemeld door wie de organisatie leidt'), ('phone_added', 'Telefoon gekoppeld'), ('phone_removed', 'Telefoon ontkoppeld'), ('phone_renewed', 'Telefoon opnieuw gekoppeld'), ('phone_taken', 'Telefoon gekoppeld door een collega'), ('phone_ended_by', 'Telefoon ontkoppeld door wie de organisatie leidt')], max_length=15)),
                ('way', models.CharField(blank=True, choices=[('passkey', 'toegangssleutel'), ('password', 'wachtwoord'), ('two_steps', 'twee stappen'), ('code', 'herstelcode'), ('letter', 'brief of link'), ('house', 'login van de organisatie'), ('demo', 'knop van de demo')], max_length=10)),
                ('browser', models.CharField(blank=True, max_length=60, verbose_name='soort toestel')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('expired', models.BooleanField(default=False)),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'gebeurtenis bij het inloggen',
                'verbose_name_plural': 'gebeurtenissen bij het inloggen',
                'ordering': ('-pk',),
                'indexes': [models.Index(fields=['user', '-at'], name='login_event_who'), models.Index(fields=['at'], name='login_event_when')],
                'constraints': [klapkarre.foundation.kit.refuse.Refuse(name='login_event_stays', when='NOT OLD.expired'), klapkarre.foundation.kit.refuse.Refuse(fields=('user', 'kind', 'way', 'browser', 'at'), name='login_event_as_written', when='1 = 1')],
            },
        ),
        migrations.CreateModel(
            name='ReadingLog',
            fields=[
                ('organisation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='accounts.organisation')),
                ('count', models.PositiveBigIntegerField(default=0)),
                ('tip', models.CharField(default='0000000000000000000000000000000000000000000000000000000000000000', max_length=64)),
                ('cut_count', models.PositiveBigIntegerField(default=0)),
                ('cut_tip', models.CharField(default='0000000000000000000000000000000000000000000000000000000000000000', max_length=64)),
                ('cut_seal', models.CharField(blank=True, max_length=64)),
            ],
            options={
                'verbose_name': 'logboek',
                'verbose_name_plural': 'logboeken',
                'constraints': [klapkarre.foundation.kit.refuse.Refuse(name='log_stays', when='1 = 1'), klapkarre.foundation.kit.refuse.Refuse(fields=('count', 'cut_count'), name='log_grows', when='NEW.count < OLD.count OR NEW.cut_count < OLD.cut_count')],
            },
        ),
        migrations.CreateModel(
            name='OpeningReview',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('verdict', models.CharField(choices=[('aanvaard', 'aanvaard'), ('bevraagd', 'in vraag gesteld')], max_length=10)),
                ('note', klapkarre.foundation.kit.fields.EncryptedTextField(blank=True, null=True, verbose_name='opmerking')),
                ('expired', models.BooleanField(default=False)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('opening', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reviews', to='accounts.opening')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
            ],
            options={
                'verbose_name': 'nazicht van een geopend team',
                'verbose_name_plural': 'nazichten van geopende teams',
                'ordering': ('at',),
                'constraints': [klapkarre.foundation.kit.refuse.Refuse(name='review_remains', when='NOT OLD.expired'), klapkarre.foundation.kit.refuse.Refuse(fields=('organisation', 'opening', 'by', 'at', 'verdict'), name='review_as_written', when='1 = 1')],
            },
        ),
        migrations.CreateModel(
            name='IndexKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('wrapped', models.BinaryField()),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('retired_at', models.DateTimeField(blank=True, null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='accounts.organisation')),
            ],
            options={
                'verbose_name': 'zoeksleutel',
                'verbose_name_plural': 'zoeksleutels',
                'ordering': ('-pk',),
                'abstract': False,
                'constraints': [models.UniqueConstraint(condition=models.Q(('retired_at', None)), fields=('organisation',), name='indexkey_one_in_use')],
            },
        ),
        migrations.CreateModel(
            name='DataKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('wrapped', models.BinaryField()),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('retired_at', models.DateTimeField(blank=True, null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='accounts.organisation')),
            ],
            options={
                'verbose_name': 'gegevenssleutel',
                'verbose_name_plural': 'gegevenssleutels',
                'ordering': ('-pk',),
                'abstract': False,
                'constraints': [models.UniqueConstraint(condition=models.Q(('retired_at', None)), fields=('organisation',), name='datakey_one_in_use')],
            },
        ),
        migrations.AddConstraint(
            model_name='covenant',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='covenant_period'),
        ),
        migrations.AddIndex(
            model_name='reading',
            index=models.Index(fields=['organisation', 'at'], name='reading_when'),
        ),
        migrations.AddIndex(
            model_name='reading',
            index=models.Index(fields=['user', 'at'], name='reading_who'),
        ),
        migrations.AddIndex(
            model_name='reading',
            index=klapkarre.foundation.accounts.models.readings.SubjectIndex(fields=['rows'], name='reading_subject'),
        ),
        migrations.AddConstraint(
            model_name='reading',
            constraint=models.UniqueConstraint(fields=('organisation', 'number'), name='reading_number'),
        ),
        migrations.AddConstraint(
            model_name='reading',
            constraint=klapkarre.foundation.kit.refuse.Refuse(name='reading_stays', when='NOT OLD.expired'),
        ),
        migrations.AddConstraint(
            model_name='reading',
            constraint=klapkarre.foundation.kit.refuse.Refuse(fields=('organisation', 'number', 'user', 'at', 'route', 'kind', 'rows', 'size', 'reason', 'opening', 'previous', 'hash'), name='reading_as_written', when='1 = 1'),
        ),
        migrations.AddConstraint(
            model_name='team',
            constraint=models.UniqueConstraint(fields=('organisation', 'name'), name='team_name'),
        ),
        migrations.AddIndex(
            model_name='opening',
            index=models.Index(fields=['user', 'until'], name='opening_running'),
        ),
        migrations.AddConstraint(
            model_name='opening',
            constraint=models.CheckConstraint(condition=models.Q(('until__gt', models.F('at'))), name='opening_period'),
        ),
        migrations.AddConstraint(
            model_name='opening',
            constraint=klapkarre.foundation.kit.refuse.Refuse(name='opening_remains', when='NOT OLD.expired'),
        ),
        migrations.AddConstraint(
            model_name='opening',
            constraint=klapkarre.foundation.kit.refuse.Refuse(fields=('organisation', 'team', 'user', 'at', 'until'), name='opening_as_written', when='1 = 1'),
        ),
        migrations.AddConstraint(
            model_name='opening',
            constraint=klapkarre.foundation.kit.refuse.Refuse(fields=('stopped_at',), name='opening_stops_once', when='OLD.stopped_at IS NOT NULL'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='membership_period'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('used_at', None), ('withdrawn_at', None), _connector='OR'), name='invitation_used_or_withdrawn'),
        ),
        migrations.AddConstraint(
            model_name='themegoal',
            constraint=models.UniqueConstraint(fields=('team', 'theme'), name='theme_goal_once'),
        ),
        migrations.CreateModel(
            name='Phone',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('name', models.CharField(max_length=60, verbose_name='naam')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('last_seen_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.team')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'gekoppelde telefoon',
                'verbose_name_plural': 'gekoppelde telefoons',
                'ordering': ('-last_seen_at',),
                'indexes': [models.Index(fields=['user', 'withdrawn_at'], name='phone_of_user')],
            },
        ),
        migrations.CreateModel(
            name='SealingKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('wrapped', models.BinaryField()),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('retired_at', models.DateTimeField(blank=True, null=True)),
                ('public', models.CharField(max_length=87)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='accounts.organisation')),
            ],
            options={
                'verbose_name': 'verzegelsleutel',
                'verbose_name_plural': 'verzegelsleutels',
                'ordering': ('-pk',),
                'abstract': False,
                'constraints': [models.UniqueConstraint(condition=models.Q(('retired_at', None)), fields=('organisation',), name='sealingkey_one_in_use')],
            },
        ),
    ]
