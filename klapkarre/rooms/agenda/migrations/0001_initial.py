import django.db.models.deletion
import django.utils.timezone
import klapkarre.foundation.kit.blind
import klapkarre.foundation.kit.fields
import klapkarre.rooms.agenda.traits
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('places', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Series',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('rule', models.CharField(blank=True, max_length=100)),
                ('first_day', models.DateField()),
                ('last_day', models.DateField()),
                ('skip_public', models.BooleanField(default=False)),
                ('skip_school', models.BooleanField(default=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.team')),
            ],
            options={
                'verbose_name': 'reeks',
                'verbose_name_plural': 'reeksen',
            },
        ),
        migrations.CreateModel(
            name='Activity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('series_day', models.DateField(blank=True, editable=False, null=True)),
                ('title', models.CharField(max_length=100, verbose_name='titel')),
                ('summary', models.TextField(blank=True, max_length=2000, verbose_name='uitleg')),
                ('where', models.CharField(blank=True, max_length=150, verbose_name='waar')),
                ('starts_at', models.DateTimeField(verbose_name='begin')),
                ('ends_at', models.DateTimeField(verbose_name='einde')),
                ('price_cents', models.PositiveIntegerField(default=0, verbose_name='prijs in cent')),
                ('bring', models.CharField(blank=True, max_length=200, verbose_name='wat breng je mee')),
                ('theme', models.CharField(choices=[('babbel', 'babbel'), ('digitaal', 'digitaal'), ('administratie', 'administratie'), ('rechten', 'rechten'), ('buren', 'buren leren kennen'), ('idee', 'idee of melding'), ('financien', 'geld'), ('wonen', 'wonen'), ('gezondheid', 'gezondheid'), ('mentaal', 'mentaal welzijn'), ('werk', 'werk'), ('onderwijs', 'onderwijs'), ('vrijetijd', 'vrije tijd'), ('energie', 'energie'), ('mobiliteit', 'mobiliteit'), ('verblijf', 'verblijf'), ('veiligheid', 'veiligheid'), ('samenleven', 'samenleven'), ('leefomgeving', 'leefomgeving'), ('vuilniszak', 'vuilniszak')], default='buren', max_length=20, verbose_name='thema')),
                ('sign_up_kind', models.CharField(choices=[('none', 'gewoon binnenlopen'), ('name', 'aanmelden met een naam'), ('contact', 'aanmelden met een naam, en een nummer of mail voor wie dat wil')], default='none', max_length=10, verbose_name='aanmelden')),
                ('capacity', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='aantal plaatsen')),
                ('state', models.CharField(choices=[('draft', 'ontwerp'), ('published', 'op de agenda'), ('cancelled', 'gaat niet door')], default='published', max_length=10)),
                ('cancelled_because', models.CharField(blank=True, max_length=200, verbose_name='waarom het niet doorgaat')),
                ('on_again_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('headcount', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='hoeveel mensen waren er')),
                ('carried_by', models.CharField(choices=[('for', 'voor bewoners'), ('with', 'met bewoners'), ('by', 'door bewoners')], default='for', max_length=4, verbose_name='wie draagt dit')),
                ('alone_since', models.DateField(blank=True, editable=False, null=True)),
                ('learned', models.TextField(blank=True, max_length=1000, verbose_name='wat leerden we')),
                ('back_on', models.DateField(blank=True, null=True, verbose_name='wanneer komen we terug')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('planned_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('saved_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('neighbourhood', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.neighbourhood')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('place', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.team')),
                ('series', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='activities', to='agenda.series')),
                ('access', klapkarre.rooms.agenda.traits.SeveralField(blank=True, default=(), max_length=100, verbose_name='wat is er')),
                ('audiences', klapkarre.rooms.agenda.traits.SeveralField(blank=True, default=(), max_length=100, verbose_name='voor wie')),
                ('kind', models.CharField(choices=[('activity', 'activiteit'), ('stop', 'halte van de klapkarre'), ('round', 'ronde in de straat')], default='activity', max_length=10, verbose_name='soort')),
                ('partners', models.CharField(blank=True, max_length=200, verbose_name='wie doet mee')),
                ('spoken', klapkarre.rooms.agenda.traits.SeveralField(blank=True, default=(), max_length=100, verbose_name='talen')),
            ],
            options={
                'verbose_name': 'activiteit',
                'verbose_name_plural': 'activiteiten',
                'ordering': ('starts_at', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='RemovedDay',
            fields=[
                ('id', models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ('day', models.DateField()),
                ('series', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='removed', to='agenda.series')),
            ],
            options={
                'verbose_name': 'weggehaalde dag',
                'verbose_name_plural': 'weggehaalde dagen',
                'ordering': ('day',),
            },
        ),
        migrations.CreateModel(
            name='SeriesException',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('series', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='exceptions', to='agenda.series')),
            ],
            options={
                'verbose_name': 'uitzondering',
                'verbose_name_plural': 'uitzonderingen',
                'ordering': ('day',),
            },
        ),
        migrations.CreateModel(
            name='SeriesExtra',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('series', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='extras', to='agenda.series')),
            ],
            options={
                'verbose_name': 'extra dag',
                'verbose_name_plural': 'extra dagen',
                'ordering': ('day',),
            },
        ),
        migrations.CreateModel(
            name='SignUp',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', klapkarre.foundation.kit.fields.EncryptedTextField(blank=True, null=True, verbose_name='naam')),
                ('name_index', klapkarre.foundation.kit.blind.BlindIndexField(blank=True, db_index=True, kind='name', max_length=12, null=True, of='name')),
                ('phone', klapkarre.foundation.kit.fields.EncryptedTextField(blank=True, null=True, verbose_name='telefoon')),
                ('phone_index', klapkarre.foundation.kit.blind.BlindIndexField(blank=True, db_index=True, kind='phone', max_length=12, null=True, of='phone')),
                ('mail', klapkarre.foundation.kit.fields.EncryptedTextField(blank=True, null=True, verbose_name='e-mail')),
                ('mail_index', klapkarre.foundation.kit.blind.BlindIndexField(blank=True, db_index=True, kind='name', max_length=12, null=True, of='mail')),
                ('how', models.CharField(choices=[('call', 'Bel mij'), ('sms', 'Stuur een sms'), ('whatsapp', 'Stuur een WhatsApp'), ('mail', 'Stuur een mail'), ('self', 'Ik kom zelf kijken')], default='self', max_length=10, verbose_name='hoe verwittigen')),
                ('remind', models.BooleanField(default=False, verbose_name='herinneren')),
                ('by_worker', models.BooleanField(default=False, verbose_name='aangemeld door het team')),
                ('state', models.CharField(choices=[('signed_up', 'aangemeld'), ('waiting', 'op de wachtlijst'), ('cancelled', 'afgemeld'), ('attended', 'was er'), ('missed', 'was er niet')], default='signed_up', max_length=10, verbose_name='stand')),
                ('moved_up_at', models.DateTimeField(blank=True, null=True)),
                ('changed_at', models.DateTimeField(blank=True, null=True)),
                ('told_at', models.DateTimeField(blank=True, null=True)),
                ('token_hash', models.CharField(max_length=64, null=True, unique=True)),
                ('code_hash', models.CharField(max_length=64, null=True, unique=True)),
                ('code_draw', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='aangemeld op')),
                ('forgotten_at', models.DateTimeField(blank=True, null=True)),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='signups', to='agenda.activity', verbose_name='activiteit')),
                ('lead', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='others', to='agenda.signup')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
            ],
            options={
                'verbose_name': 'aanmelding',
                'verbose_name_plural': 'aanmeldingen',
                'ordering': ('created_at', 'pk'),
            },
        ),
        migrations.AddConstraint(
            model_name='series',
            constraint=models.CheckConstraint(condition=models.Q(('last_day__gte', models.F('first_day'))), name='series_period'),
        ),
        migrations.AddIndex(
            model_name='activity',
            index=models.Index(fields=['ends_at', 'starts_at'], name='activity_when'),
        ),
        migrations.AddIndex(
            model_name='activity',
            index=models.Index(fields=['neighbourhood', 'ends_at'], name='activity_neighbourhood'),
        ),
        migrations.AddIndex(
            model_name='activity',
            index=models.Index(fields=['team', 'starts_at'], name='activity_team'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='activity_ends_after_start'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(('capacity', None), ('capacity__gte', 1), _connector='OR'), name='activity_capacity'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.UniqueConstraint(fields=('series', 'series_day'), name='activity_once_a_day'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(('alone_since', None), ('carried_by', 'by'), _connector='OR'), name='activity_alone_by_residents'),
        ),
        migrations.AddConstraint(
            model_name='seriesextra',
            constraint=models.UniqueConstraint(fields=('series', 'day'), name='series_extra_once'),
        ),
        migrations.AddConstraint(
            model_name='seriesexception',
            constraint=models.UniqueConstraint(fields=('series', 'day'), name='series_exception_once'),
        ),
        migrations.AddIndex(
            model_name='signup',
            index=models.Index(fields=['activity', 'state'], name='signup_activity_state'),
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('news', 'nieuws over de plaats'), ('reminder', 'herinnering')], max_length=10)),
                ('channel', models.CharField(blank=True, choices=[('call', 'Bel mij'), ('sms', 'Stuur een sms'), ('whatsapp', 'Stuur een WhatsApp'), ('mail', 'Stuur een mail'), ('self', 'Ik kom zelf kijken')], max_length=10)),
                ('state', models.CharField(choices=[('waiting', 'vertrekt zo'), ('sending', 'is onderweg'), ('sent', 'verstuurd'), ('failed', 'niet verstuurd'), ('dropped', 'niet meer nodig')], default='waiting', max_length=10)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('next_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('tried_at', models.DateTimeField(blank=True, null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('sign_up', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to='agenda.signup')),
            ],
            options={
                'verbose_name': 'bericht',
                'verbose_name_plural': 'berichten',
                'ordering': ('made_at', 'pk'),
                'indexes': [models.Index(fields=['state', 'next_at'], name='notice_due')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('sign_up', 'kind'), name='notice_waits_once'), models.UniqueConstraint(condition=models.Q(('kind', 'reminder')), fields=('sign_up',), name='notice_reminds_once')],
            },
        ),
        migrations.CreateModel(
            name='HandOver',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('takes_on', models.TextField(max_length=1000, verbose_name='wat nemen de bewoners op zich')),
                ('kit', models.TextField(blank=True, max_length=1000, verbose_name='materiaal en sleutel')),
                ('opens', models.CharField(blank=True, max_length=200, verbose_name='wie opent en sluit')),
                ('tasks', models.TextField(blank=True, max_length=1000, verbose_name='kleine taken')),
                ('fallback', models.CharField(max_length=200, verbose_name='wie helpt als het niet lukt')),
                ('until', models.DateField(verbose_name='tot en met')),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('code_hash', models.CharField(max_length=64, unique=True)),
                ('code_draw', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('given_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='handovers', to='agenda.activity')),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.team')),
            ],
            options={
                'verbose_name': 'overdracht',
                'verbose_name_plural': 'overdrachten',
                'ordering': ('-given_at',),
            },
        ),
        migrations.CreateModel(
            name='HandOverChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(choices=[('hours', 'andere uren'), ('bring', 'wat breng je mee'), ('off', 'gaat niet door'), ('count', 'hoeveel mensen er waren')], max_length=10)),
                ('before', models.CharField(blank=True, max_length=200)),
                ('after', models.CharField(blank=True, max_length=200)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='agenda.activity')),
                ('handover', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='agenda.handover')),
            ],
            options={
                'verbose_name': 'wijziging door bewoners',
                'verbose_name_plural': 'wijzigingen door bewoners',
                'ordering': ('-made_at', '-pk'),
            },
        ),
    ]
