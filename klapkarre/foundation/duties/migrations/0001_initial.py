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
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='RetentionRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'wisronde',
                'verbose_name_plural': 'wisrondes',
                'ordering': ('-pk',),
            },
        ),
        migrations.CreateModel(
            name='Breach',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('discovered_at', models.DateTimeField(verbose_name='ontdekt op')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
            ],
            options={
                'verbose_name': 'datalek',
                'verbose_name_plural': 'datalekken',
                'ordering': ('-discovered_at', '-number'),
            },
        ),
        migrations.CreateModel(
            name='BreachNote',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('part', models.CharField(choices=[('wat', 'Wat er gebeurde'), ('soorten', 'Welke gegevens'), ('mensen', 'Hoeveel mensen'), ('gevolgen', 'Mogelijke gevolgen'), ('maatregelen', 'Wat we deden'), ('gemeld', 'Gemeld aan de toezichthouder'), ('niet-gemeld', 'Niet gemeld, en waarom niet'), ('verwittigd', 'De mensen zelf verwittigd'), ('afgesloten', 'Afgesloten')], max_length=12)),
                ('text', klapkarre.foundation.kit.fields.EncryptedTextField(blank=True, null=True, verbose_name='tekst')),
                ('people', models.PositiveIntegerField(null=True)),
                ('happened_at', models.DateTimeField(null=True)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('breach', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='duties.breach')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
            ],
            options={
                'verbose_name': 'regel over een datalek',
                'verbose_name_plural': 'regels over datalekken',
                'ordering': ('at', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Hold',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=60)),
                ('row', models.CharField(blank=True, max_length=64)),
                ('reason', klapkarre.foundation.kit.fields.EncryptedTextField(blank=True, null=True, verbose_name='reden')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('review_on', models.DateField(verbose_name='nakijken op')),
                ('lifted_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('lifted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
            ],
            options={
                'verbose_name': 'bewaarplicht',
                'verbose_name_plural': 'bewaarplichten',
                'ordering': ('lifted_at', 'review_on', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='RetentionCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=60)),
                ('erased', models.PositiveIntegerField(default=0)),
                ('held', models.PositiveIntegerField(default=0)),
                ('held_until', models.DateField(null=True)),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.organisation')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='counts', to='duties.retentionrun')),
            ],
            options={
                'verbose_name': 'telling van een wisronde',
                'verbose_name_plural': 'tellingen van wisrondes',
                'ordering': ('kind',),
            },
        ),
        migrations.CreateModel(
            name='TermChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=60)),
                ('number', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='hoe lang')),
                ('unit', models.CharField(choices=[('days', 'dagen'), ('months', 'maanden'), ('years', 'jaar')], default='months', max_length=6, verbose_name='wat')),
                ('rule', models.CharField(blank=True, max_length=200, verbose_name='selectieregel')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
            ],
            options={
                'verbose_name': 'gekozen termijn',
                'verbose_name_plural': 'gekozen termijnen',
            },
        ),
        migrations.CreateModel(
            name='Version',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('whole', klapkarre.foundation.kit.fields.EncryptedTextField(blank=True, null=True, verbose_name='inhoud')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
            ],
            options={
                'verbose_name': 'versie van de DPIA',
                'verbose_name_plural': 'versies van de DPIA',
                'ordering': ('-number',),
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('document', models.CharField(choices=[('register', 'verwerkingsregister'), ('dpia', 'DPIA')], max_length=10)),
                ('question', models.CharField(max_length=30)),
                ('number', models.PositiveIntegerField()),
                ('text', klapkarre.foundation.kit.fields.EncryptedTextField(blank=True, null=True, verbose_name='antwoord')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
            ],
            options={
                'verbose_name': 'antwoord over gegevens',
                'verbose_name_plural': 'antwoorden over gegevens',
                'ordering': ('-number',),
                'constraints': [models.UniqueConstraint(fields=('organisation', 'document', 'question', 'number'), name='answer_number'), klapkarre.foundation.kit.refuse.Refuse(fields=('organisation', 'document', 'question', 'number', 'at'), name='answer_as_written', when='1 = 1')],
            },
        ),
        migrations.AddConstraint(
            model_name='breach',
            constraint=models.UniqueConstraint(fields=('organisation', 'number'), name='breach_number'),
        ),
        migrations.AddConstraint(
            model_name='breach',
            constraint=klapkarre.foundation.kit.refuse.Refuse(fields=('organisation', 'number', 'discovered_at', 'at'), name='breach_as_written', when='1 = 1'),
        ),
        migrations.AddConstraint(
            model_name='breachnote',
            constraint=klapkarre.foundation.kit.refuse.Refuse(fields=('organisation', 'breach', 'part', 'people', 'happened_at', 'at'), name='breachnote_as_written', when='1 = 1'),
        ),
        migrations.AddIndex(
            model_name='hold',
            index=models.Index(condition=models.Q(('lifted_at', None)), fields=['kind'], name='hold_standing'),
        ),
        migrations.AddConstraint(
            model_name='termchoice',
            constraint=models.UniqueConstraint(fields=('organisation', 'kind'), name='term_once'),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.UniqueConstraint(fields=('organisation', 'number'), name='version_number'),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=klapkarre.foundation.kit.refuse.Refuse(fields=('organisation', 'number', 'at'), name='version_as_written', when='1 = 1'),
        ),
    ]
