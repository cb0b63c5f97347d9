"""A mail server on this machine that goes wrong where a test says: SMTP by hand, one connection at a time."""

import socketserver
import threading

GREETING, SENDER, RECIPIENT, BEGIN, HALFWAY, END = (
    "greeting",
    "sender",
    "recipient",
    "begin",
    "halfway",
    "end",
)


class MailServer(socketserver.ThreadingTCPServer):
    """`faults` are, message by message, where it goes wrong and how: an answer to give, "drop" or "hang", or None.

    `got` are (address, text) of each message that it took, also when it never said so.
    """

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, *faults, meet=1):
        """The first `meet` who come wait for each other: so many send at the same time."""
        super().__init__(("127.0.0.1", 0), _Talk)
        self.gate, self.meet = threading.Barrier(meet), meet
        self.faults, self.got, self.talks = list(faults), [], 0
        self.over = threading.Event()

    def __enter__(self):
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_error):
        self.over.set()
        self.shutdown()
        self.server_close()

    @property
    def mailers(self):
        """The setting that sends to it."""
        options = {"host": "127.0.0.1", "port": self.server_address[1], "timeout": 0.3}
        return {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}

    def addresses(self):
        return sorted(address for address, _text in self.got)


class _Gone(Exception):
    """The server hangs up."""


class _Talk(socketserver.StreamRequestHandler):
    def handle(self):
        self.server.talks += 1
        if self.server.talks <= self.server.meet:
            self.server.gate.wait(9)  # (a sender gives up after ten seconds)
        self.fault = self.server.faults.pop(0) if self.server.faults else None
        try:
            self._say(GREETING, "220 hier")
            self._talk()
        except (_Gone, OSError):
            return

    def _talk(self):
        to = ""
        while line := self.rfile.readline().decode().strip():
            verb = line.split(":")[0].upper()
            if verb == "MAIL FROM":
                self._say(SENDER, "250 goed")
            elif verb == "RCPT TO":
                to = line.partition("<")[2].partition(">")[0]
                self._say(RECIPIENT, "250 goed")
            elif verb == "DATA":
                self._say(BEGIN, "354 kom maar")
                self._take(to)
            elif verb == "QUIT":
                self._write("221 dag")
                return
            else:
                self._write("250 goed")

    def _take(self, to):
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
            if len(lines) == 3 and self.fault and self.fault[0] == HALFWAY:
                raise _Gone
        if not (self.fault and self.fault[0] == END and self.fault[1][:1].isdigit()):
            self.server.got.append((to, b"".join(lines).decode()))
        self._say(END, "250 bewaard")

    def _say(self, when, answer):
        """The usual answer, or what goes wrong here."""
        if not self.fault or self.fault[0] != when:
            return self._write(answer)
        how = self.fault[1]
        if how == "hang":
            self.server.over.wait(5)
        if how in ("hang", "drop"):
            raise _Gone
        self._write(how)
        if how.startswith("421"):
            raise _Gone
        return None

    def _write(self, answer):
        self.wfile.write(f"{answer}\r\n".encode())
