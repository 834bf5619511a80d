import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from urllib.parse import quote

import pytest

from mkdocs_bookreview.comments.isso_server import IssoPreview, is_installed
from mkdocs_bookreview.comments.provider import PreviewError

SITE = "http://127.0.0.1:8000"
THREAD = quote("/dune-frank-herbert/", safe="")

ORPHAN = """
import pathlib, sys, time
from mkdocs_bookreview.comments.isso_server import IssoPreview
server = IssoPreview(pathlib.Path(sys.argv[1]), ["http://127.0.0.1:8000/"])
server.start()
print(server.port, flush=True)
time.sleep(60)
"""


@pytest.fixture
def server(tmp_path):
    preview = IssoPreview(tmp_path / "with space %s" / "isso", [f"{SITE}/"])
    yield preview
    preview.stop()


def ask(port, method, path, data=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    headers = {"Content-Type": "application/json", "Origin": SITE}
    connection.request(method, path, json.dumps(data) if data else None, headers)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, json.loads(body) if body.startswith(b"{") else body


def is_open(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def until(condition, seconds=10):
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.05)
    return condition()


def test_comments_are_kept_between_runs(server):
    server.start()
    comment = {"author": "Ann", "text": "Hi >! x !<", "title": "Dune"}
    answer, said = ask(server.port, "POST", f"/new?uri={THREAD}", comment)
    assert answer.status == 201
    assert '<span class="spoiler">x</span>' in said["text"]
    assert answer.headers["Access-Control-Allow-Origin"] == SITE
    server.stop()
    assert not is_open(server.port)

    again = IssoPreview(server.folder, [f"{SITE}/"])
    again.start()
    try:
        _, thread = ask(again.port, "GET", f"/?uri={THREAD}")
        assert [reply["author"] for reply in thread["replies"]] == ["Ann"]
    finally:
        again.stop()


def test_many_comments_in_a_minute_are_fine(server):
    server.start()
    for n in range(5):
        data = {"text": f"Comment {n}", "title": "Dune"}
        answer, said = ask(server.port, "POST", f"/new?uri={THREAD}", data)
        assert (answer.status, said["mode"]) == (201, 1)


def test_it_serves_its_script_and_keeps_quiet(server, capfd):
    server.start()
    answer, script = ask(server.port, "GET", "/js/embed.min.js")
    server.stop()
    assert answer.status == 200
    assert b"isso-thread" in script
    assert capfd.readouterr() == ("", "")
    assert server.log.stat().st_size
    assert (server.folder / ".gitignore").read_text() == "*\n"


def test_the_address_is_known_before_the_start(server):
    address = server.address
    assert address == f"http://127.0.0.1:{server.port}"
    server.start()
    assert server.address == address


def test_stopping_twice_or_before_the_start_does_nothing(server):
    server.stop()
    assert not is_open(server.port)
    server.stop()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_killed_parent_leaves_no_child(tmp_path):
    command = [sys.executable, "-c", ORPHAN, str(tmp_path / "isso")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        port = int(parent.stdout.readline())
        assert is_open(port)
        parent.send_signal(signal.SIGKILL)
    assert until(lambda: not is_open(port))


def test_a_port_that_was_taken_is_told(server):
    server._held.close()
    taken = socket.create_server(("127.0.0.1", server.port))
    with taken, pytest.raises(PreviewError, match="stopped right after its start"):
        server.start()
    assert "in use" in server.log.read_text()


def test_a_server_that_does_not_answer_is_told_and_stopped(server):
    with pytest.raises(PreviewError, match="does not answer"):
        server.start(timeout=0)
    assert until(lambda: not is_open(server.port))


def test_a_folder_that_cannot_be_made_is_told(server):
    server.folder.parent.write_text("a file")
    with pytest.raises(PreviewError) as caught:
        server.start()
    assert str(caught.value) == (
        f"{server.folder} cannot be written: Not a directory. The preview stores its comments in"
        f" {server.folder}. Make this folder writable, and restart `mkdocs serve`."
    )
    assert not is_open(server.port)


@pytest.mark.parametrize("name", [".gitignore", "isso.cfg", "isso.log"])
def test_a_file_that_cannot_be_written_is_told(server, name):
    path = server.folder / name
    path.mkdir(parents=True)
    with pytest.raises(PreviewError, match=f"{re.escape(str(path))} cannot be written: Is a dir"):
        server.start()


def test_isso_is_found_where_it_is_installed(monkeypatch):
    assert is_installed()
    monkeypatch.setitem(sys.modules, "isso", None)
    assert not is_installed()
