import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Recording',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('row', models.PositiveBigIntegerField()),
                ('language', models.CharField(choices=[('nl', 'Nederlands'), ('fr', 'Français'), ('en', 'English'), ('ar', 'العربية'), ('tr', 'Türkçe'), ('uk', 'Українська')], max_length=10)),
                ('source', models.CharField(max_length=32)),
                ('file', models.CharField(max_length=50, unique=True, verbose_name='stem')),
                ('seconds', models.PositiveSmallIntegerField()),
                ('speaker', models.CharField(choices=[('neighbour', 'Een buur of een vrijwilliger'), ('staff', 'Iemand van het team')], max_length=10, verbose_name='wie spreekt')),
                ('agreed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
            ],
            options={
                'verbose_name': 'opname van een stem',
                'verbose_name_plural': 'opnames van stemmen',
                'constraints': [models.UniqueConstraint(fields=('kind', 'row', 'language'), name='recording_once')],
            },
        ),
    ]
