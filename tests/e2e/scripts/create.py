"""Creates a secret as the official SDK does, and prints its id."""

from cadenya import Cadenya

with Cadenya() as client:
    made = client.workspace_secrets.create(
        metadata={"name": "FROM_THE_SDK ✓", "external_id": "s-1", "labels": {"example.com/from": "sdk"}},
        spec={"value": "value of the SDK"},
    )
    print(made.metadata.id)
