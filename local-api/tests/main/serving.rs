//! Starting, stopping, and serving the site.

use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::common::{Api, Folder, Reply, Server, exchange, options};
use axum::body::Body;
use axum::http::Request;
use local_api::{Options, StartError};
use serde_json::json;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader};
use tokio::process::Command;

#[tokio::test]
async fn only_loopback_unless_told() {
    let remote = Options {
        listen: "0.0.0.0:0".parse().unwrap(),
        ..options()
    };
    let refused = local_api::serve(remote, |_, _| {}, async {}).await;
    assert!(matches!(refused, Err(StartError::NotLoopback(_))));
}

/// The routes under `/_test/` need no key and tell every value: they are for this machine alone.
#[tokio::test]
async fn faults_are_not_for_other_machines() {
    for listen in ["0.0.0.0:0", "127.0.0.1:0"] {
        let remote = Options {
            listen: listen.parse().unwrap(),
            allow_remote: true,
            faults: true,
            ..options()
        };
        let refused = local_api::serve(remote, |_, _| {}, std::future::pending()).await;
        assert!(
            matches!(refused, Err(StartError::RemoteFaults)),
            "{listen}: {refused:?}"
        );
    }
}

#[tokio::test]
async fn open_requests_finish_and_endless_ones_do_not_hold_it_up() {
    let mut server = Server::start(options()).await;
    let address = server.address.clone();
    let slow =
        tokio::spawn(async move { exchange(&address, "GET", "/v1/whoami", "x-fault: delayMs=600\r\n", "").await });
    let mut endless = tokio::net::TcpStream::connect(&server.address).await.unwrap();
    let request = format!(
        "GET /v1/whoami HTTP/1.1\r\nhost: {}\r\nx-fault: noAnswer\r\n\r\n",
        server.address
    );
    tokio::io::AsyncWriteExt::write_all(&mut endless, request.as_bytes())
        .await
        .unwrap();
    tokio::time::sleep(Duration::from_millis(300)).await;
    let started = Instant::now();
    server.stop();
    assert!(slow.await.unwrap().starts_with("HTTP/1.1 200"));
    (&mut server.running).await.unwrap().unwrap();
    assert!(started.elapsed() < Duration::from_secs(6));
}

/// The program itself: one line, then SIGINT or SIGTERM, exit code 0, nothing left behind.
#[tokio::test]
async fn the_program_starts_with_one_line_and_stops_on_signals() {
    for signal in ["-INT", "-TERM"] {
        let folder = Folder::new();
        let mut child = Command::new(env!("CARGO_BIN_EXE_local-api"))
            .args(["--listen", "127.0.0.1:0", "--seed", "demo"])
            .env("TMPDIR", folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        stdout.read_line(&mut line).await.unwrap();
        let rest = line.strip_prefix("Local API is ready at http://127.0.0.1:").unwrap();
        let (port, key) = rest.trim_end().split_once(" with API key ").unwrap();
        assert!(port.parse::<u16>().unwrap() > 0 && key.len() > 40, "{line}");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        let process = child.id().unwrap().to_string();
        std::process::Command::new("kill")
            .args([signal, &process])
            .status()
            .unwrap();
        let status = tokio::time::timeout(Duration::from_secs(10), child.wait())
            .await
            .unwrap()
            .unwrap();
        assert_eq!(status.code(), Some(0), "{signal}");
        let mut more = String::new();
        stdout.read_to_string(&mut more).await.unwrap();
        child.stderr.take().unwrap().read_to_string(&mut more).await.unwrap();
        assert_eq!(more, "");
        assert_eq!(
            std::fs::read_dir(folder.path()).unwrap().count(),
            0,
            "the temporary database is gone"
        );
    }
}

/// A signal that comes in the middle of a long seed is not kept waiting for the end of it.
#[tokio::test]
async fn the_program_stops_while_it_seeds() {
    let folder = Folder::new();
    let child = Command::new(env!("CARGO_BIN_EXE_local-api"))
        .args(["--listen", "127.0.0.1:0", "--seed", "4000000"])
        .env("TMPDIR", folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let started = Instant::now();
    // Once its database is there it listens for signals and is about to seed.
    let is_seeding = || {
        let inside = std::fs::read_dir(folder.path()).unwrap().next();
        inside.is_some_and(|entry| entry.unwrap().path().join("local-api.sqlite").exists())
    };
    while !is_seeding() {
        assert!(started.elapsed() < Duration::from_secs(30), "it does not start");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    tokio::time::sleep(Duration::from_millis(300)).await;
    let process = child.id().unwrap().to_string();
    std::process::Command::new("kill")
        .args(["-INT", &process])
        .status()
        .unwrap();
    let output = tokio::time::timeout(Duration::from_secs(10), child.wait_with_output()).await;
    let output = output.unwrap().unwrap();
    let said = [output.stdout, output.stderr].concat();
    assert_eq!(
        (output.status.code(), String::from_utf8(said).unwrap().as_str()),
        (Some(0), "")
    );
    assert_eq!(
        std::fs::read_dir(folder.path()).unwrap().count(),
        0,
        "nothing is left behind"
    );
}

fn site(folder: &Path) -> Options {
    let root = folder.join("dist");
    std::fs::create_dir_all(root.join("assets")).unwrap();
    std::fs::write(root.join("index.html"), "<!doctype html>").unwrap();
    std::fs::write(root.join("assets/app-0123456789abcdef.wasm"), "wasm").unwrap();
    std::fs::write(root.join("assets/app-0123456789abcdef.wasm.br"), "packed").unwrap();
    std::fs::write(folder.join("outside.txt"), "outside").unwrap();
    std::os::unix::fs::symlink(folder.join("outside.txt"), root.join("link.txt")).unwrap();
    Options {
        site: Some(root),
        ..options()
    }
}

async fn fetch(api: &Api, path: &str, headers: &[(&str, &str)]) -> Reply {
    let mut request = Request::builder().uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    api.send(request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn the_site_is_served_with_the_headers_of_production() {
    let folder = Folder::new();
    let api = Api::open(&site(folder.path()));
    for path in ["/", "/index.html", "/workspaces/a.b/secrets?q=x", "/unknown"] {
        let reply = fetch(&api, path, &[]).await;
        assert_eq!(
            (reply.status.as_u16(), reply.bytes.as_slice()),
            (200, b"<!doctype html>".as_slice()),
            "{path}"
        );
        assert_eq!(reply.header("content-type"), Some("text/html; charset=utf-8"));
        assert_eq!(reply.header("cache-control"), Some("no-cache"));
        assert!(
            reply
                .header("content-security-policy")
                .unwrap()
                .contains("connect-src 'self';")
        );
        assert_eq!(reply.header("x-content-type-options"), Some("nosniff"));
    }
    let wasm = "/assets/app-0123456789abcdef.wasm";
    let plain = fetch(&api, wasm, &[]).await;
    assert_eq!(
        (plain.bytes.as_slice(), plain.header("content-encoding")),
        (b"wasm".as_slice(), None)
    );
    assert_eq!(plain.header("content-type"), Some("application/wasm"));
    assert!(plain.header("cache-control").unwrap().contains("immutable"));
    let packed = fetch(&api, wasm, &[("accept-encoding", "gzip, br;q=0.5")]).await;
    assert_eq!(
        (packed.bytes.as_slice(), packed.header("content-encoding")),
        (b"packed".as_slice(), Some("br"))
    );
    let refused = fetch(&api, wasm, &[("accept-encoding", "br;q=0")]).await;
    assert_eq!(refused.header("content-encoding"), None);
    let known = fetch(&api, wasm, &[("if-none-match", plain.header("etag").unwrap())]).await;
    assert_eq!((known.status.as_u16(), known.bytes.len()), (304, 0));
    let head = api.call("HEAD", "/", None).await;
    assert_eq!(head.status.as_u16(), 200);
    assert_eq!(api.call("POST", "/", None).await.status.as_u16(), 405);
}

/// The tests of the console run under this server: what it sends has to be what `dist` tells every host to send.
#[tokio::test]
async fn each_file_has_the_headers_that_dist_writes_for_hosts() {
    let folder = Folder::new();
    let api = Api::open(&site(folder.path()));
    let config = site::Config::parse(r#"{"servers": [{"name": "Local API", "apiBaseUrl": "/"}]}"#).unwrap();
    let hashed = "/assets/app-0123456789abcdef.wasm";
    let file = site::headers_file(&config, [hashed]);
    // Over plain http on localhost it would make the site unreachable.
    let wanted = |path: &str| {
        let rule = file.split_once(&format!("{path}\n")).unwrap().1.lines();
        let headers = rule
            .take_while(|line| line.starts_with("  "))
            .filter_map(|line| line.trim().split_once(": "));
        headers
            .filter(|(name, _)| *name != site::STRICT_TRANSPORT_SECURITY.0)
            .collect::<Vec<_>>()
    };
    assert!(wanted("/*").len() > 6);
    for (path, rule) in [
        ("/", "/"),
        ("/index.html", "/index.html"),
        ("/config.json", "/config.json"),
        (hashed, hashed),
        ("/policy", "/"),
    ] {
        let reply = fetch(&api, path, &[]).await;
        assert_eq!(reply.status.as_u16(), 200, "{path}");
        for (name, value) in wanted("/*").into_iter().chain(wanted(rule)) {
            assert_eq!(reply.header(&name.to_ascii_lowercase()), Some(value), "{path}: {name}");
        }
    }
    let missing = fetch(&api, "/assets/missing.js", &[]).await;
    for (name, value) in wanted("/*") {
        assert_eq!(
            missing.header(&name.to_ascii_lowercase()),
            Some(value),
            "{name} of a missing file"
        );
    }
}

/// As while a new version of the site is uploaded, on a host whose failures are cached.
#[tokio::test]
async fn a_file_can_be_missing_for_a_while() {
    let folder = Folder::new();
    let api = Api::open(&site(folder.path()));
    let wasm = "/assets/app-0123456789abcdef.wasm";
    let fault = json!({"path": wasm, "status": 404, "headers": {"cache-control": "max-age=31536000, immutable"}});
    api.post("/_test/faults", fault).await.ok();
    api.post("/_test/faults", json!({"status": 503})).await.ok();
    let missing = fetch(&api, wasm, &[]).await;
    assert_eq!(missing.status.as_u16(), 404);
    assert!(missing.header("cache-control").unwrap().contains("immutable"));
    for path in [wasm, "/", "/workspaces"] {
        let reply = fetch(&api, path, &[]).await;
        assert_eq!(reply.status.as_u16(), 200, "{path} meets no fault for calls");
    }
    api.get("/v1/whoami").await.refused(503, 14);
}

#[tokio::test]
async fn nothing_outside_the_site_is_served() {
    let folder = Folder::new();
    let api = Api::open(&site(folder.path()));
    for path in [
        "/assets/missing.js",
        "/missing.css",
        "/link.txt",
        "/../outside.txt",
        "/%2e%2e/outside.txt",
        "/..%2foutside.txt",
        "/assets/..%2f..%2foutside.txt",
        "/%00.txt",
        "//outside.txt",
    ] {
        let reply = fetch(&api, path, &[]).await;
        assert_eq!(reply.status.as_u16(), 404, "{path}");
        assert_eq!(
            reply.header("cache-control"),
            Some("no-store"),
            "{path} may be there later"
        );
        assert_ne!(reply.bytes, b"outside", "{path}");
        assert!(reply.header("content-security-policy").is_some(), "{path}");
    }
    // The API stays the API.
    fetch(&api, "/v1/nothing", &[]).await.refused(404, 5);
    fetch(&api, "/_test/nothing", &[]).await.refused(404, 5);
}

#[tokio::test]
async fn the_configuration_is_served_and_followed() {
    let folder = Folder::new();
    let own = Api::open(&site(folder.path()));
    let config = fetch(&own, "/config.json", &[]).await.ok();
    assert_eq!(config["servers"][0]["name"], "Local API");
    assert_eq!(config["servers"][0]["apiBaseUrl"], "/");

    let file = folder.path().join("config.json");
    std::fs::write(&file, r#"{"apiBaseUrl": "https://api.example.com/x"}"#).unwrap();
    let other = Folder::new();
    let given = Options {
        config: Some(file.clone()),
        site: Some(folder.path().join("dist")),
        ..options()
    };
    let api = Api::open_in(other, &given);
    assert_eq!(
        fetch(&api, "/config.json", &[]).await.ok()["apiBaseUrl"],
        "https://api.example.com/x"
    );
    let policy = fetch(&api, "/", &[]).await;
    let policy = policy.header("content-security-policy").unwrap();
    assert!(
        policy.contains("connect-src 'self' https://api.example.com;"),
        "{policy}"
    );

    std::fs::write(&file, "{}").unwrap();
    let refused = local_api::Service::open(&Folder::new().database(), &given);
    assert!(matches!(refused, Err(StartError::Config(_))));
}
