

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agencies', '0002_adults'),
        ('dossiers', '0005_exchange'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Disclosure',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('rule', models.CharField(max_length=20)),
                ('law_date', models.DateField()),
                ('verdict', models.SlugField()),
                ('receiver', models.SlugField()),
                ('items', models.PositiveSmallIntegerField()),
                ('channel', models.CharField(choices=[('phone', 'Telefon'), ('meeting', 'Möte'), ('letter', 'Brev eller bud'), ('secure_message', 'Säker digital post'), ('envelope', 'Kuvert i Hemväg')], max_length=20)),
                ('requested_at', models.DateTimeField(null=True)),
                ('told_at', models.DateTimeField()),
                ('informed', models.CharField(choices=[('before', 'Ja, innan'), ('after', 'Ja, efteråt'), ('later', 'Inte än, men ska få veta'), ('not', 'Nej, och det finns skäl')], max_length=10)),
                ('expires_at', models.DateTimeField(null=True)),
                ('at', models.DateTimeField()),
                ('agreement', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='dossiers.agreement')),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.authority')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('content', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='dossiers.sealed')),
                ('dossier', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='disclosures', to='dossiers.dossier')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.unit')),
            ],
            options={
                'ordering': ['-told_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Incident',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('discovered_at', models.DateTimeField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('content', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='dossiers.sealed')),
                ('disclosure', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='incident', to='exchange.disclosure')),
            ],
        ),
        migrations.CreateModel(
            name='IncidentStep',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('reported', 'Anmäld till Integritetsskyddsmyndigheten'), ('not_reported', 'Behöver inte anmälas'), ('persons_told', 'De berörda har fått veta'), ('closed', 'Avslutad')], max_length=20)),
                ('happened_at', models.DateTimeField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('incident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='exchange.incident')),
            ],
            options={
                'ordering': ['at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Offer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('inform', 'Ta del av uppgifterna'), ('hand_over', 'Ta över en uppgift'), ('transfer', 'Ta över ärendet (överflyttning)')], max_length=20)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('disclosure', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='offer', to='exchange.disclosure')),
                ('envelope', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='dossiers.dossier')),
                ('receiver', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.unit')),
                ('sender', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.unit')),
            ],
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('opened', 'Öppnat av mottagaren'), ('accepted', 'Mottaget'), ('rejected', 'Avböjt'), ('need_more', 'Mer behövs'), ('more_given', 'Kompletterat'), ('done', 'Klart hos mottagaren'), ('withdrawn', 'Återtaget'), ('recalled', 'Återkallat som felsänt'), ('expired', 'Tiden gick ut')], max_length=20)),
                ('reason', models.SlugField(default='')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('content', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='dossiers.sealed')),
                ('offer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='exchange.offer')),
            ],
            options={
                'ordering': ['at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('arrived', 'Kom fram'), ('person_informed', 'Personen har fått veta')], max_length=20)),
                ('happened_at', models.DateTimeField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('disclosure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='exchange.disclosure')),
            ],
            options={
                'ordering': ['at', 'id'],
            },
        ),
        migrations.AddIndex(
            model_name='disclosure',
            index=models.Index(fields=['authority', '-told_at'], name='disclosure_authority'),
        ),
        migrations.AddIndex(
            model_name='disclosure',
            index=models.Index(fields=['dossier', '-told_at'], name='disclosure_dossier'),
        ),
        migrations.AddConstraint(
            model_name='disclosure',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('content', None), ('dossier', None), ('items', 0)), models.Q(('content__isnull', False), ('dossier__isnull', False)), _connector='OR'), name='disclosure_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='disclosure',
            constraint=models.CheckConstraint(condition=models.Q(('told_at__lte', models.F('at'))), name='disclosure_not_from_the_future'),
        ),
        migrations.AddIndex(
            model_name='offer',
            index=models.Index(fields=['sender', 'at'], name='offer_sender'),
        ),
        migrations.AddIndex(
            model_name='answer',
            index=models.Index(fields=['offer', 'at'], name='answer_offer'),
        ),
        migrations.AddConstraint(
            model_name='receipt',
            constraint=models.UniqueConstraint(fields=('disclosure', 'kind'), name='one_receipt_of_a_kind'),
        ),
    ]
