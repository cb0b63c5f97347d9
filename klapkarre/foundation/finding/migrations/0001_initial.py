import django.db.models.deletion
from django.db import migrations, models

from klapkarre.foundation.finding import fulltext


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('places', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Word',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=40)),
                ('language', models.CharField(default='nl', max_length=10)),
            ],
            options={
                'verbose_name': 'woord',
                'verbose_name_plural': 'woorden',
                'constraints': [models.UniqueConstraint(fields=('text', 'language'), name='word_once')],
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=15)),
                ('key', models.CharField(max_length=40)),
                ('language', models.CharField(default='nl', max_length=10)),
                ('title', models.CharField(max_length=400)),
                ('words', models.TextField()),
                ('at', models.DateTimeField(blank=True, null=True)),
                ('town', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='places.municipality')),
            ],
            options={
                'verbose_name': 'vindbare tekst',
                'verbose_name_plural': 'vindbare teksten',
                'constraints': [models.UniqueConstraint(fields=('kind', 'key', 'language'), name='entry_once')],
            },
        ),
        migrations.CreateModel(
            name='Trigram',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('letters', models.CharField(max_length=3)),
                ('word', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='trigrams', to='finding.word')),
            ],
            options={
                'verbose_name': 'lettergroep',
                'verbose_name_plural': 'lettergroepen',
                'indexes': [models.Index(fields=['letters', 'word'], name='trigram_letters')],
            },
        ),
        migrations.RunPython(fulltext.set_up, migrations.RunPython.noop),
    ]
