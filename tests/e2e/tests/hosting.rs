//! The recipes of `dist/hosting/`: in nginx and Caddy by HTTP and in Chromium, a cache in front under load, and what can be run of
//! the one for S3 and CloudFront without them. `cargo xtask test hosting` runs them.

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;
    use std::process::Command;

    use e2e::console::complaints;
    use e2e::hosts::{Host, Response, Server, program, release};
    use e2e::local_api::built_site;
    use e2e::{LocalApi, Page, Vocabulary, scratch, wait_until};
    use serde_json::{Value, json};

    const BROWSER: (&str, &str) = ("accept-encoding", "gzip, deflate, br, zstd");
    const FOREVER: &str = "public, max-age=31536000, immutable";

    /// The headers of every file, as the hosts that read `_headers` send them.
    fn common(site: &Path) -> Vec<(String, String)> {
        let text = fs::read_to_string(site.join("_headers")).expect("_headers");
        let rule = text.lines().skip(1).take_while(|line| line.starts_with("  "));
        let pairs = rule.filter_map(|line| line.trim().split_once(": "));
        let pairs: Vec<_> = pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        assert!(pairs.len() > 6, "{pairs:?}");
        pairs
    }

    #[track_caller]
    fn assert_common(response: &Response, common: &[(String, String)]) {
        for (name, value) in common {
            assert_eq!(response.header(name), Some(value.as_str()), "{name}");
        }
    }

    fn media_type(name: &str) -> &'static str {
        match name.rsplit('.').next() {
            Some("css") => "text/css; charset=utf-8",
            Some("html") => "text/html; charset=utf-8",
            Some("js") => "text/javascript; charset=utf-8",
            Some("svg") => "image/svg+xml",
            Some("wasm") => "application/wasm",
            other => panic!("what is {other:?}?"),
        }
    }

    /// The files of a site that are named by their hash.
    fn assets(site: &Path) -> Vec<String> {
        let kinds = [".css", ".js", ".svg", ".wasm"];
        let names = release(site).into_iter();
        let assets: Vec<String> = names
            .filter(|name| name.starts_with("assets/") && kinds.iter().any(|kind| name.ends_with(kind)))
            .collect();
        assert!(assets.len() > 10, "{assets:?}");
        assets
    }

    fn serves_the_site(server: Server) {
        let api = LocalApi::start("hosting", &[]);
        let host = Host::start(server, &api, &json!({"apiBaseUrl": "/", "auth": "proxy"}));
        let common = common(&host.site);
        let read = |name: &str| fs::read(host.site.join(name)).expect("a file of the site");
        // Beside the release lie files of the one before, as `dist` keeps them.
        let before = "assets/before-0123456789abcdef.js";
        for suffix in ["", ".br", ".zst", ".gz"] {
            fs::write(host.site.join(format!("{before}{suffix}")), format!("before{suffix}")).expect("writing");
        }
        let mut names = assets(&host.site);
        names.push(before.to_owned());
        for name in &names {
            let response = host.send("GET", &format!("/{name}"), &[BROWSER]);
            assert_eq!(response.status, 200, "{name}");
            assert_eq!(response.header("content-type"), Some(media_type(name)));
            assert_eq!(response.header("content-encoding"), Some("br"), "{name}");
            assert_eq!(response.header("vary"), Some("Accept-Encoding"));
            assert_eq!(response.header("cache-control"), Some(FOREVER));
            assert_eq!(
                response.bytes,
                read(&format!("{name}.br")),
                "{name} is compressed twice"
            );
            assert_common(&response, &common);
        }
        for (accepted, coding, suffix) in [
            ("br", Some("br"), ".br"),
            ("gzip, zstd", Some("zstd"), ".zst"),
            ("gzip;q=0.5", Some("gzip"), ".gz"),
            ("gzip, br;q=0", Some("gzip"), ".gz"),
            ("identity", None, ""),
            ("brotli", None, ""),
        ] {
            for (path, name) in [
                (format!("/{}", names[0]), names[0].as_str()),
                ("/connect".to_owned(), "index.html"),
            ] {
                let response = host.send("GET", &path, &[("accept-encoding", accepted)]);
                assert_eq!(response.header("content-encoding"), coding, "{path} for {accepted}");
                assert_eq!(
                    response.bytes,
                    read(&format!("{name}{suffix}")),
                    "{path} for {accepted}"
                );
            }
        }
        // Every address of the console is the document, which is asked for again each time.
        for path in ["/", "/connect", "/workspaces/a.b/secrets/c.d?q=x", "/v2", "/unknown"] {
            let response = host.send("GET", path, &[BROWSER]);
            assert_eq!(
                (response.status, response.bytes.as_slice()),
                (200, &*read("index.html.br")),
                "{path}"
            );
            assert_eq!(response.header("content-type"), Some(media_type("index.html")));
            assert_eq!(response.header("cache-control"), Some("no-cache"));
            assert_common(&response, &common);
            let tag = response.header("etag").expect("a tag").to_owned();
            let again = host.send("GET", path, &[BROWSER, ("if-none-match", &tag)]);
            assert_eq!((again.status, again.bytes.len()), (304, 0), "{path}");
        }
        // What people edit on the host is sent as it is now.
        fs::write(
            host.site.join("config.json"),
            r#"{"apiBaseUrl": "/", "revealSeconds": 9}"#,
        )
        .expect("writing");
        let config = host.send("GET", "/config.json", &[BROWSER]);
        assert_eq!(
            config
                .header("content-type")
                .map(|it| it.starts_with("application/json")),
            Some(true)
        );
        assert_eq!(config.header("cache-control"), Some("no-cache"));
        assert!(String::from_utf8_lossy(&config.bytes).contains("revealSeconds"));
        assert_common(&config, &common);
        for path in [
            "/assets/missing-0123456789abcdef.js",
            "/assets/missing.wasm",
            "/assets/",
            "/assets/../assets/none",
            "/missing.css",
        ] {
            let response = host.send("GET", path, &[BROWSER]);
            assert_eq!(response.status, 404, "{path}");
            assert_eq!(response.header("cache-control"), Some("no-store"), "{path}");
            assert!(!String::from_utf8_lossy(&response.bytes).contains("<script"), "{path}");
            assert_common(&response, &common);
        }
        passes_the_api_on(&host, &api);
    }

    fn passes_the_api_on(host: &Host, api: &LocalApi) {
        let own = ("sec-fetch-site", "same-origin");
        // The key that is added counts, not one that the page sends.
        let response = host.send(
            "GET",
            "/v1/workspaces",
            &[own, ("cookie", "session=1"), ("authorization", "Bearer x")],
        );
        assert_eq!(response.status, 200);
        let body: Value = serde_json::from_slice(&response.bytes).expect("JSON");
        assert!(body["items"].is_array(), "{body}");
        for (name, value) in [
            ("cache-control", "no-store"),
            (
                "content-security-policy",
                "default-src 'none'; frame-ancestors 'none'; sandbox",
            ),
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(response.header(name), Some(value), "{name}");
        }
        assert_eq!(response.header("access-control-allow-origin"), None);
        assert_eq!(
            host.send("GET", "/v1/nothing", &[own]).status,
            404,
            "the API's own answer"
        );
        let before = api.requests();
        for site in [Some("cross-site"), Some("same-site"), Some("none"), None] {
            for method in ["GET", "POST", "PATCH", "DELETE"] {
                let headers: Vec<_> = site.map(|site| ("sec-fetch-site", site)).into_iter().collect();
                let response = host.send(method, "/v1/account/workspaces", &headers);
                assert_eq!(response.status, 403, "{method} from {site:?}");
                assert_eq!(response.header("cache-control"), Some("no-store"));
            }
        }
        // To ask is a request, too.
        assert_eq!(api.requests(), before, "nothing of another site reached the API");
    }

    /// The console starts from a deep link and reads secrets through the proxy, which adds the key.
    fn runs_the_console(server: Server) {
        let api = LocalApi::start("hosting-page", &[]);
        let workspace = api.workspace("Payments");
        api.secret(&workspace, &json!({"name": "STRIPE_KEY"}), "a value");
        let host = Host::start(server, &api, &json!({"apiBaseUrl": "/", "auth": "proxy"}));
        let page = Page::open(&host.address);
        page.visit(&format!("/workspaces/{workspace}/secrets"));
        page.button("Connect").click();
        page.wait_view("Secrets");
        page.table("Secrets").row("STRIPE_KEY").wait();
        page.visit("/connect");
        page.heading("Connect").wait();
        let read = page.run(READ).to_string();
        assert!(!read.contains("host name of its own"), "nothing is wrong: {read}");
        let said = complaints(&page.log(), &[]);
        assert!(said.is_empty(), "the console said:\n  {}", said.join("\n  "));
        let coding = "const [it] = performance.getEntriesByType('resource').filter(it => it.name.endsWith('.wasm')); \
                      return it.encodedBodySize < it.decodedBodySize";
        assert_eq!(page.run(coding), true, "the program came compressed");
    }

    /// What a person reads of the page while no script has run, or beside what the scripts made.
    const READ: &str = "return document.body.innerText";

    #[test]
    fn in_a_directory_the_page_says_why_it_does_not_start() {
        let host = Host::in_a_directory();
        let page = Page::open(&host.address);
        for address in ["/console/", "/console/workspaces/a/secrets"] {
            page.visit(address);
            // After ten seconds, in which the files may be slow to come.
            wait_until("the page says where it runs", || {
                let read = page.run(READ).to_string();
                read.contains("Strongroom runs at the root of a host name of its own")
            });
        }
    }

    #[test]
    fn nginx_serves_the_site() {
        serves_the_site(Server::Nginx);
    }

    #[test]
    fn caddy_serves_the_site() {
        serves_the_site(Server::Caddy);
    }

    #[test]
    fn nginx_runs_the_console() {
        runs_the_console(Server::Nginx);
    }

    #[test]
    fn caddy_runs_the_console() {
        runs_the_console(Server::Caddy);
    }

    #[test]
    fn a_cache_in_front_asks_for_each_file_once() {
        let host = Host::behind_a_cache();
        let names = assets(&host.site);
        let lines: String = names.iter().map(|name| format!("/{name}\n")).collect();
        let (paths, script) = (host.place("paths"), host.place("all.lua"));
        fs::write(&paths, lines).expect("writing");
        fs::write(
            &script,
            format!(
                "local paths, at = {{}}, 0\nfor path in io.lines(\"{}\") do paths[#paths + 1] = path end\n\
                 request = function()\n  at = at % #paths + 1\n  return wrk.format(\"GET\", paths[at], {{ [\"Accept-Encoding\"] = \
                 \"gzip, deflate, br, zstd\" }})\nend\n",
                paths.display()
            ),
        )
        .expect("writing");
        for name in &names {
            assert_eq!(host.send("GET", &format!("/{name}"), &[BROWSER]).status, 200);
        }
        assert_eq!(host.seen_by_the_origin("/assets/"), names.len());
        let output = Command::new(program("WRK", "wrk"))
            .args(["--threads", "2", "--connections", "20", "--duration", "2s", "--script"])
            .arg(&script)
            .arg(&host.address)
            .output()
            .expect("running wrk");
        let said = String::from_utf8_lossy(&output.stdout);
        let requests: usize = said
            .lines()
            .find_map(|line| line.trim().split_once(" requests in ")?.0.parse().ok())
            .unwrap_or_else(|| panic!("{said}"));
        assert!(
            requests > names.len() * 2,
            "each file was asked for again and again: {said}"
        );
        assert!(!said.contains("Non-2xx") && !said.contains("Socket errors"), "{said}");
        assert_eq!(
            host.seen_by_the_origin("/assets/"),
            names.len(),
            "after {requests} requests"
        );
        // A 404 is not kept, and the document is asked for each time.
        for (path, below) in [
            ("/assets/none-0123456789abcdef.js", "/assets/none"),
            ("/connect", "/connect"),
        ] {
            for _ in 0..2 {
                let _ = host.send("GET", path, &[BROWSER]);
            }
            assert_eq!(host.seen_by_the_origin(below), 2, "{path}");
        }
    }

    /// The functions of the template, run by Node.js with these requests: what each makes of its own.
    fn at_the_edge(function: usize, requests: &[Value]) -> Vec<Value> {
        let text = fs::read_to_string(built_site().join("hosting/cloudfront.yaml")).expect("the template");
        let code = text.split("FunctionCode: |\n").nth(function + 1).expect("a function");
        let lines = code
            .lines()
            .take_while(|line| line.starts_with("        ") || line.is_empty());
        let code: String = lines.map(|line| format!("{line}\n")).collect();
        let script = format!(
            "{code}\nconsole.log(JSON.stringify({}.map(request => handler({{ request }}))))",
            json!(requests)
        );
        let output = Command::new("node")
            .args(["--eval", &script])
            .output()
            .expect("running Node.js");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).expect("JSON")
    }

    #[test]
    fn cloudfront_finds_the_file_for_an_address() {
        let file = "/assets/main-0123456789abcdef.css";
        let cases = [
            ("/", "br, gzip", "/index.html.br"),
            ("/workspaces/a.b/secrets", "gzip, deflate", "/index.html.gz"),
            ("/connect", "", "/index.html"),
            (file, "gzip, deflate, br, zstd", "/assets/main-0123456789abcdef.css.br"),
            (file, "gzip, zstd;q=0.5", "/assets/main-0123456789abcdef.css.zst"),
            (file, "br;q=0, gzip", "/assets/main-0123456789abcdef.css.gz"),
            ("/assets/missing.js", "br", "/assets/missing.js"),
            ("/config.json", "br", "/config.json"),
            ("/SHA256SUMS", "br", "/SHA256SUMS"),
        ];
        let requests =
            cases.map(|(uri, accepted, _)| json!({"uri": uri, "headers": {"accept-encoding": {"value": accepted}}}));
        let answers = at_the_edge(0, &requests);
        for ((uri, accepted, wanted), answer) in cases.iter().zip(&answers) {
            assert_eq!(answer["uri"], *wanted, "{uri} for {accepted}");
        }
        let [api, bare] = [
            json!({"uri": "/v1/whoami", "headers": {}}),
            json!({"uri": "/", "headers": {}}),
        ];
        let answers = at_the_edge(0, &[api, bare]);
        assert_eq!(answers[0]["statusCode"], 404);
        assert_eq!(answers[1]["uri"], "/index.html");
    }

    #[test]
    fn cloudfront_lets_only_the_console_use_the_api() {
        let from = |site: &str| json!({"uri": "/v1/x", "headers": {"sec-fetch-site": {"value": site}, "origin": {"value": "x"}}, "cookies": {"a": 1}});
        let without = json!({"uri": "/v1/x", "headers": {}});
        let answers = at_the_edge(
            1,
            &[from("same-origin"), from("cross-site"), from("same-site"), without],
        );
        assert_eq!(answers[0]["cookies"], json!({}));
        assert_eq!(answers[0]["headers"]["origin"], Value::Null);
        for answer in &answers[1..] {
            assert_eq!(answer["statusCode"], 403);
        }
    }

    /// Stands for `aws s3 cp`: writes down the files that are chosen, and what is said of them.
    const AWS: &str = r#"#!/bin/sh
coding=
while [ $# -gt 0 ]; do
    case $1 in
        --include) include=$2 ;;
        --content-type) kind=$2 ;;
        --cache-control) cache=$2 ;;
        --content-encoding) coding=$2 ;;
    esac
    shift
done
find . -type f | sed 's|^\./||' | sort | while read -r file; do
    case $file in $include) echo "$file|$kind|$cache|$coding" >> "$LOG" ;; esac
done
"#;

    #[test]
    fn every_file_is_uploaded_to_s3_once_and_the_document_last() {
        let folder = scratch("s3");
        let (aws, log) = (folder.join("aws"), folder.join("log"));
        fs::write(&aws, AWS).expect("writing");
        assert!(
            Command::new("chmod")
                .arg("+x")
                .arg(&aws)
                .status()
                .expect("chmod")
                .success()
        );
        let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap_or_default());
        let site = built_site();
        let mut upload = Command::new("sh");
        upload.arg(site.join("hosting/s3.sh")).arg("a-bucket");
        assert!(
            upload
                .env("PATH", path)
                .env("LOG", &log)
                .status()
                .expect("sh")
                .success()
        );
        let said = fs::read_to_string(&log).expect("the log");
        let _ = fs::remove_dir_all(&folder);
        let lines: Vec<Vec<&str>> = said.lines().map(|line| line.split('|').collect()).collect();
        for name in assets(&site).iter().map(String::as_str).chain(["index.html"]) {
            for (suffix, coding) in [("", ""), (".br", "br"), (".zst", "zstd"), (".gz", "gzip")] {
                let file = format!("{name}{suffix}");
                let found: Vec<_> = lines.iter().filter(|line| line[0] == file).collect();
                let cache = if name == "index.html" { "no-cache" } else { FOREVER };
                assert_eq!(found, [&vec![file.as_str(), media_type(name), cache, coding]], "{file}");
            }
        }
        assert!(
            lines
                .iter()
                .any(|line| line[0] == "config.json" && line[2] == "no-cache")
        );
        let first = lines
            .iter()
            .position(|line| line[0].starts_with("index.html"))
            .expect("the document");
        assert!(
            lines[first..].iter().all(|line| line[0].starts_with("index.html")),
            "{said}"
        );
    }
}
