
import django.db.models.deletion
import django.utils.timezone
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
            name='News',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('title', models.CharField(max_length=100, verbose_name='titel')),
                ('text', models.TextField(max_length=2000, verbose_name='tekst')),
                ('state', models.CharField(choices=[('draft', 'ontwerp'), ('published', 'op de site'), ('withdrawn', 'van de site gehaald')], default='draft', max_length=10)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('saved_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('neighbourhood', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.neighbourhood')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('place', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.team')),
            ],
            options={
                'verbose_name': 'nieuws',
                'verbose_name_plural': 'nieuws',
                'ordering': ('-published_at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='NewsPicture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('large', models.CharField(max_length=40, verbose_name='foto')),
                ('small', models.CharField(max_length=40, verbose_name='kleine foto')),
                ('width', models.PositiveSmallIntegerField()),
                ('height', models.PositiveSmallIntegerField()),
                ('alt', models.CharField(max_length=150, verbose_name='wat je op de foto ziet')),
                ('people', models.CharField(choices=[('nobody', 'Nee, je herkent niemand'), ('agreed', 'Ja, en iedereen zei ja')], max_length=10, verbose_name='wie staat erop')),
                ('answered_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('news', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='picture', to='news.news')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
            ],
            options={
                'verbose_name': 'foto bij nieuws',
                'verbose_name_plural': "foto's bij nieuws",
            },
        ),
        migrations.AddIndex(
            model_name='news',
            index=models.Index(fields=['neighbourhood', 'state', 'published_at'], name='news_neighbourhood'),
        ),
        migrations.AddConstraint(
            model_name='news',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'published'), _negated=True), ('published_at__isnull', False), _connector='OR'), name='news_published_when'),
        ),
    ]
