import django.db.models.deletion
import django.utils.timezone
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
            name='Visit',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('reason', models.CharField(choices=[('babbel', 'babbel'), ('digitaal', 'digitaal'), ('administratie', 'administratie'), ('rechten', 'rechten'), ('buren', 'buren leren kennen'), ('idee', 'idee of melding'), ('financien', 'geld'), ('wonen', 'wonen'), ('gezondheid', 'gezondheid'), ('mentaal', 'mentaal welzijn'), ('werk', 'werk'), ('onderwijs', 'onderwijs'), ('vrijetijd', 'vrije tijd'), ('energie', 'energie'), ('mobiliteit', 'mobiliteit'), ('verblijf', 'verblijf'), ('veiligheid', 'veiligheid'), ('samenleven', 'samenleven'), ('leefomgeving', 'leefomgeving'), ('vuilniszak', 'vuilniszak')], max_length=20, verbose_name='waarvoor')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('month', models.PositiveIntegerField(editable=False)),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('stop', models.UUIDField(blank=True, null=True)),
                ('spot', models.CharField(blank=True, max_length=150, verbose_name='halte')),
                ('neighbourhood', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.neighbourhood')),
                ('place', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.team')),
            ],
            options={
                'verbose_name': 'bezoek aan het onthaal',
                'verbose_name_plural': 'bezoeken aan het onthaal',
                'ordering': ('-at',),
                'indexes': [models.Index(fields=['team', 'month', 'place', 'reason'], name='visit_report'), models.Index(fields=['place', 'at'], name='visit_place'), models.Index(condition=models.Q(('stop__isnull', False)), fields=['stop'], name='visit_stop')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('place__isnull', False), ('spot', ''), ('stop', None)), models.Q(('stop__isnull', False), models.Q(('spot', ''), _negated=True)), _connector='OR'), name='visit_somewhere')],
            },
        ),
    ]
