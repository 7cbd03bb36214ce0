import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from cli.instance_lock import FILE_NAME, AlreadyRunningError, InstanceLock


def test_a_second_up_says_so(machine):
    with InstanceLock(machine.data_dir):
        output = machine.refused("up")
    assert "already running (process " in output
    assert "countinghouse status" in output


def test_the_lock_goes_with_its_holder(tmp_path):
    with InstanceLock(tmp_path), pytest.raises(AlreadyRunningError), InstanceLock(tmp_path):
        pass
    (tmp_path / FILE_NAME).write_text("4711\n")  # left by a process that was killed
    with InstanceLock(tmp_path):
        pass


def test_status_without_a_service(machine, monkeypatch):
    monkeypatch.setenv("BASE_URL", "http://127.0.0.1:9")
    output = machine.refused("status")
    assert "no answer from http://127.0.0.1:9/healthz" in output
    assert "countinghouse up" in output


@pytest.fixture
def healthz():
    """A service that answers `/healthz` as it is told."""
    answer = {"status": 200, "body": {"status": "ok", "checks": {"redis": "not configured"}}}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            body = json.dumps(answer["body"]).encode()
            self.send_response(answer["status"])
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield answer, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_status_prints_what_the_service_says(machine, monkeypatch, healthz):
    answer, url = healthz
    monkeypatch.setenv("BASE_URL", url)
    output = machine.ok("status")
    assert "checks.redis" in output
    assert "not configured" in output
    answer["status"] = 503
    assert "answered 503" in machine.refused("status")


def test_help_lists_every_command(machine):
    output = machine.ok("--help")
    for command in ("up", "status", "tenant", "import-journal", "export-journal", "demo"):
        assert command in output
