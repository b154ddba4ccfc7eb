"""Prints every secret of the workspace as the official SDK reads it."""

import json

from cadenya import Cadenya

with Cadenya() as client:
    secrets = [client.workspace_secrets.retrieve(it.metadata.id) for it in client.workspace_secrets.list()]
    print(
        json.dumps(
            [
                {
                    "name": it.metadata.name,
                    "externalId": it.metadata.external_id,
                    "labels": it.metadata.labels,
                    "value": it.spec.value,
                }
                for it in secrets
            ]
        )
    )
