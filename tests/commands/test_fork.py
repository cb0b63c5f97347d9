"""Workers are forked while a thread asks whether the server answers: none of them may get a lock that nobody holds."""

import subprocess
import sys

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.durability]

FORKS = """
import hmac, os, signal, socket, threading, warnings
from klapkarre.commands import server

warnings.simplefilter("ignore")
with socket.socket() as probe:
    probe.bind(("127.0.0.1", 0))
    port = probe.getsockname()[1]
for _ in range(4):
    threading.Thread(target=server._wait, args=("127.0.0.1", port, print), daemon=True).start()
hung = 0
for _ in range(150):
    child = os.fork()
    if not child:
        signal.alarm(10)
        hmac.digest(b"key", b"text", "sha256")
        os._exit(0)
    hung += os.WIFSIGNALED(os.waitpid(child, 0)[1])
    if hung == 3:
        break
print("hung", hung)
os._exit(0)
"""


def test_a_forked_worker_seals_and_hashes():
    ran = subprocess.run(
        [sys.executable, "-c", FORKS], capture_output=True, text=True, check=True, timeout=300
    )
    assert ran.stdout.split() == ["hung", "0"]
