import uuid

import django.contrib.postgres.indexes
from django.db import migrations, models

import hemvag.audit.models

NOBODY = uuid.UUID(int=0)


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_more_purposes")]

    operations = [
        migrations.AlterField("entry", "act", models.CharField(choices=hemvag.audit.models.acts, max_length=20)),
        migrations.AlterField("entry", "purpose", models.CharField(choices=hemvag.audit.models.purposes, max_length=20)),
        # Lines that are older than the seal: generation 0, and no MAC.
        migrations.AddField("entry", "writer", models.UUIDField(default=NOBODY), preserve_default=False),
        migrations.AddField("entry", "number", models.BigIntegerField(default=0), preserve_default=False),
        migrations.AddField("entry", "generation", models.SmallIntegerField(default=0), preserve_default=False),
        migrations.AddField("entry", "mac", models.BinaryField(default=b""), preserve_default=False),
        migrations.AddIndex(
            "entry",
            django.contrib.postgres.indexes.BrinIndex(fields=["at"], name="entry_at", pages_per_range=16),
        ),
        migrations.CreateModel(
            name="Batch",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("lines", "rader i läsloggen"), ("erasure", "gallring av rader")], max_length=10
                    ),
                ),
                ("at", models.DateTimeField()),
                ("rows", models.IntegerField()),
                ("tree", models.BinaryField()),
                ("previous", models.BinaryField()),
                ("root", models.BinaryField()),
                ("generation", models.SmallIntegerField()),
                ("signature", models.BinaryField()),
                ("before", models.DateTimeField(null=True)),
                ("by", models.UUIDField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("entry", models.UUIDField(primary_key=True, serialize=False)),
                ("batch", models.BigIntegerField()),
                ("position", models.IntegerField()),
                ("leaf", models.BinaryField()),
                ("writer", models.UUIDField()),
                ("number", models.BigIntegerField()),
                ("erased_by", models.BigIntegerField(null=True)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("batch", "position"), name="seal_place")],
            },
        ),
        migrations.RunSQL(
            ["ALTER TABLE audit_batch SET SCHEMA log", "ALTER TABLE audit_seal SET SCHEMA log"],
            ["ALTER TABLE log.audit_batch SET SCHEMA hemvag", "ALTER TABLE log.audit_seal SET SCHEMA hemvag"],
        ),
    ]
