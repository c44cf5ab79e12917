"""Runs moto on a port of the loopback interface until it is told to stop, or until whoever started it is gone.

usage: moto-server.py PORT, with a pipe as its standard input: the pipe ends with the process that holds its other end.
"""

import os
import sys
import threading
import time
from urllib.parse import quote

from moto.cloudtrail.models import CloudTrailBackend
from moto.iam.access_control import S3IAMRequest
from moto.s3.responses import S3Response
from moto.secretsmanager.models import SecretsManagerBackend
from moto.server import main

rotate_secret = SecretsManagerBackend.rotate_secret


def rotate_later(self, secret_id, client_request_token=None, rotation_lambda_arn=None, rotation_rules=None, rotate_immediately=True):
    """Sets up a rotation without running it, as RotateImmediately=false does: moto 5.2.1 fails there for a secret without a value,
    and runs the function in Docker for one with a value."""
    if rotate_immediately or not rotation_lambda_arn:
        return rotate_secret(self, secret_id, client_request_token, rotation_lambda_arn, rotation_rules, rotate_immediately)
    secret = self.secrets[secret_id]
    days = (rotation_rules or {}).get("AutomaticallyAfterDays", 0)
    secret.rotation_requested = True
    secret.rotation_enabled = True
    secret.rotation_lambda_arn = rotation_lambda_arn or ""
    secret.auto_rotate_after_days = days
    secret.next_rotation_date = int(time.time()) + days * 86400
    # As moto has it, though nothing has rotated yet.
    secret.last_rotation_date = int(time.time())
    return secret.to_short_dict()


SecretsManagerBackend.rotate_secret = rotate_later

# AWS takes the ARN of a trail as well as its name, and Terraform gives the ARN; moto 5.2.1 fails there.
CloudTrailBackend.start_logging = lambda self, name: self.get_trail(name).start_logging()
CloudTrailBackend.stop_logging = lambda self, name: self.get_trail(name).stop_logging()

create_aws_request = S3IAMRequest._create_aws_request


def with_quoted_query(self):
    """What was signed: moto 5.2.1 takes the query of a list without its escapes, and finds the signature wrong where the prefix has a slash."""
    path, mark, query = self._path.partition("?")
    self._path = path + mark + quote(query, safe="=&")
    return create_aws_request(self)


S3IAMRequest._create_aws_request = with_quoted_query

put_object = S3Response.put_object
put_lock = threading.Lock()


def put_alone(self):
    """moto 5.2.1 looks for an object and writes it in two steps, so that of two conditional writes at once both may go well."""
    with put_lock:
        return put_object(self)


S3Response.put_object = put_alone


def end_with_parent() -> None:
    sys.stdin.read()
    os._exit(0)


threading.Thread(target=end_with_parent, daemon=True).start()
main(["-H", "127.0.0.1", "-p", sys.argv[1]])
