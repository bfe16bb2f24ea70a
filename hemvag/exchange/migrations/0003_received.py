

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('dossiers', '0005_exchange'),
        ('exchange', '0002_look_up'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Received',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('sender', models.SlugField()),
                ('rule', models.CharField(blank=True, default='', max_length=20)),
                ('law_date', models.DateField()),
                ('verdict', models.SlugField()),
                ('received_at', models.DateTimeField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('content', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='dossiers.sealed')),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='received', to='dossiers.dossier')),
            ],
            options={
                'ordering': ['-received_at'],
                'indexes': [models.Index(fields=['dossier', '-received_at'], name='received_dossier')],
            },
        ),
    ]
