//! Web servers that serve the built site by the recipes in `dist/hosting/`.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::local_api::{LocalApi, built_site, scratch};
use crate::process::{Process, on_path, required};
use crate::wait::{block_on, wait_until};

/// A web server that a recipe is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Server {
    /// nginx.
    Nginx,
    /// Caddy.
    Caddy,
}

/// A running web server with a copy of the site.
#[derive(Debug)]
pub struct Host {
    /// Where it is: `http://127.0.0.1:PORT`.
    pub address: String,
    /// The copy of the site, which a test may change.
    pub site: PathBuf,
    folder: PathBuf,
    _process: Process,
}

/// The answer to a request.
#[derive(Debug)]
pub struct Response {
    /// Its status.
    pub status: u16,
    /// Its headers, names in lower case, each as often as it was sent.
    pub headers: Vec<(String, String)>,
    /// Its bytes, as they were sent.
    pub bytes: Vec<u8>,
}

impl Response {
    /// The value of a header that was sent once.
    ///
    /// # Panics
    ///
    /// Where it was sent more than once.
    #[must_use]
    #[track_caller]
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut values = self
            .headers
            .iter()
            .filter(|(known, _)| known.eq_ignore_ascii_case(name));
        let value = values.next().map(|(_, value)| value.as_str());
        assert!(values.next().is_none(), "{name} was sent twice: {:?}", self.headers);
        value
    }
}

impl Host {
    /// Starts one, which passes `/v1` on to this server and adds its key.
    ///
    /// # Panics
    ///
    /// Where the program or the site is missing, with the remedy.
    #[must_use]
    pub fn start(server: Server, api: &LocalApi, config: &Value) -> Self {
        let folder = scratch("host");
        let site = folder.join("site");
        copy(&built_site(), &site);
        fs::write(site.join("config.json"), config.to_string()).expect("writing config.json");
        let (port, hosting) = (free_port(), site.join("hosting"));
        let (root, hosting) = (site.display(), hosting.display());
        let process = match server {
            Server::Nginx => {
                fs::write(
                    folder.join("key.conf"),
                    format!("proxy_set_header Authorization \"Bearer {}\";\n", api.key),
                )
                .expect("writing the key");
                let server = format!(
                    "server {{\n listen 127.0.0.1:{port};\n root {root};\n include {hosting}/nginx.conf;\n location /v1/ {{\n \
                     proxy_pass {};\n include {hosting}/nginx-api.conf;\n include {}/key.conf;\n }}\n}}\n",
                    api.address,
                    folder.display(),
                );
                nginx(&folder, &server)
            }
            Server::Caddy => {
                let text = format!(
                    "{{\n\tadmin off\n\tauto_https off\n\tlog {{\n\t\toutput file {folder}/caddy.log\n\t}}\n}}\n\
                     http://127.0.0.1:{port} {{\n\troot * {root}\n\timport {hosting}/site.caddy\n\thandle /v1/* {{\n\t\t\
                     request_header Authorization \"Bearer {{$STRONGROOM_KEY}}\"\n\t\timport {hosting}/api.caddy {api}\n\t}}\n}}\n",
                    folder = folder.display(),
                    api = api.address,
                );
                fs::write(folder.join("Caddyfile"), text).expect("writing the Caddyfile");
                let program = program("CADDY", "caddy");
                let arguments = [
                    format!("HOME={}", folder.display()),
                    format!("STRONGROOM_KEY={}", api.key),
                    program.display().to_string(),
                    "run".to_owned(),
                    "--adapter=caddyfile".to_owned(),
                    format!("--config={}/Caddyfile", folder.display()),
                ];
                // `env` becomes Caddy. What it says before it reads its configuration is of no use.
                Process::start_quietly(Path::new("/usr/bin/env"), &arguments)
            }
        };
        Self::listening(port, site, folder, process)
    }

    /// Starts nginx as a cache in front of nginx, which serves the site.
    ///
    /// # Panics
    ///
    /// Where nginx or the site is missing, with the remedy.
    #[must_use]
    pub fn behind_a_cache() -> Self {
        let folder = scratch("cache");
        let site = folder.join("site");
        copy(&built_site(), &site);
        let (origin, cache) = (free_port(), free_port());
        let (root, place) = (site.display(), folder.display());
        let servers = format!(
            "proxy_cache_path {place}/kept keys_zone=strongroom:1m;\n\
             server {{\n listen 127.0.0.1:{origin};\n access_log {place}/origin.log;\n root {root};\n include \
             {root}/hosting/nginx.conf;\n}}\n\
             server {{\n listen 127.0.0.1:{cache};\n location / {{\n proxy_pass http://127.0.0.1:{origin};\n \
             proxy_cache strongroom;\n proxy_cache_lock on;\n }}\n}}\n"
        );
        let process = nginx(&folder, &servers);
        Self::listening(cache, site, folder, process)
    }

    /// Starts nginx with the site in a directory of another one, where it does not run.
    ///
    /// # Panics
    ///
    /// Where nginx or the site is missing, with the remedy.
    #[must_use]
    pub fn in_a_directory() -> Self {
        let folder = scratch("directory");
        let site = folder.join("site/console");
        copy(&built_site(), &site);
        let (port, place) = (free_port(), folder.display());
        let server = format!(
            "include /etc/nginx/mime.types;\nserver {{\n listen 127.0.0.1:{port};\n root {place}/site;\n location /console/ {{\n \
             try_files $uri /console/index.html;\n }}\n}}\n"
        );
        let process = nginx(&folder, &server);
        Self::listening(port, site, folder, process)
    }

    /// Waits until the server listens.
    fn listening(port: u16, site: PathBuf, folder: PathBuf, process: Process) -> Self {
        wait_until("the web server listens", || {
            TcpStream::connect(("127.0.0.1", port)).is_ok()
        });
        Self {
            address: format!("http://127.0.0.1:{port}"),
            site,
            folder,
            _process: process,
        }
    }

    /// Sends a request with these headers.
    ///
    /// # Panics
    ///
    /// Where there is no answer.
    #[track_caller]
    #[must_use]
    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Response {
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .build();
        let method = method.parse().expect("a method");
        let mut request = client
            .expect("a client")
            .request(method, format!("{}{path}", self.address));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        block_on(async {
            let answer = request.send().await.unwrap_or_else(|error| panic!("{path}: {error}"));
            let headers = answer.headers().iter();
            let headers =
                headers.map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into()));
            Response {
                status: answer.status().as_u16(),
                headers: headers.collect(),
                bytes: answer
                    .bytes()
                    .await
                    .unwrap_or_else(|error| panic!("{path}: {error}"))
                    .into(),
            }
        })
    }

    /// The lines that the origin behind the cache wrote about requests below this path.
    #[must_use]
    pub fn seen_by_the_origin(&self, below: &str) -> usize {
        let log = fs::read_to_string(self.folder.join("origin.log")).unwrap_or_default();
        log.lines().filter(|line| line.contains(&format!(" {below}"))).count()
    }

    /// A path for a file of the test.
    #[must_use]
    pub fn place(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// The names of the files of the built site's release.
///
/// # Panics
///
/// Where the site has no list of them.
#[must_use]
pub fn release(site: &Path) -> Vec<String> {
    let list = fs::read_to_string(site.join("SHA256SUMS")).expect("the list of the site's files");
    let names = list.lines().filter_map(|line| line.split_once("  "));
    names.map(|(_, name)| name.to_owned()).collect()
}

/// A program that these tests need.
///
/// # Panics
///
/// Where it is missing, with the remedy.
#[must_use]
pub fn program(variable: &str, name: &str) -> PathBuf {
    let mut candidates = on_path(name);
    candidates.push(Path::new("/usr/sbin").join(name));
    required(variable, &candidates, &format!("run `apt-get install {name}`"))
}

/// Starts nginx with these servers, as the person who runs the tests: another could not read the site everywhere.
fn nginx(folder: &Path, servers: &str) -> Process {
    let place = folder.display();
    let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|kind| format!("{kind}_temp_path {place}/{kind};\n"))
        .concat();
    // Debian's own settings compress documents on the fly: what is compressed already must stay as it is.
    let text = format!(
        "daemon off;\nmaster_process off;\nerror_log {place}/error.log;\npid {place}/nginx.pid;\n\
         events {{ worker_connections 512; }}\nhttp {{\naccess_log off;\ngzip on;\ngzip_types *;\n{temporary}{servers}}}\n"
    );
    let file = folder.join("nginx.conf");
    fs::write(&file, text).expect("writing nginx.conf");
    let arguments = [
        "-e".to_owned(),
        format!("{place}/error.log"),
        "-p".to_owned(),
        place.to_string(),
        "-c".to_owned(),
        file.display().to_string(),
    ];
    Process::start(&program("NGINX", "nginx"), &arguments)
}

fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    listener.local_addr().expect("an address").port()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder for the copy");
    for entry in fs::read_dir(from).expect("the site") {
        let path = entry.expect("a file of the site").path();
        let target = to.join(path.file_name().expect("a file has a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).expect("copying a file of the site");
        }
    }
}
