from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Once",
            fields=[
                ("token", models.UUIDField(primary_key=True, serialize=False)),
                ("worker", models.UUIDField()),
                ("at", models.DateTimeField(db_index=True)),
                ("location", models.CharField(max_length=500)),
            ],
        ),
    ]
