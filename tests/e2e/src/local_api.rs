//! The local API, which also serves the built site with the production headers.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::process::{Process, on_path, repository, required};
use crate::wait::block_on;

/// A running local API with its own data.
#[derive(Debug)]
pub struct LocalApi {
    /// Where it is: `http://127.0.0.1:PORT`.
    pub address: String,
    /// Its API key, which may do everything.
    pub key: String,
    process: Option<Process>,
    folder: PathBuf,
}

/// The answer to a request: its status and its JSON.
pub type Answer = (u16, Value);

impl LocalApi {
    /// Starts one on a free port, with the demo data, faults, the built site, and more options.
    ///
    /// # Panics
    ///
    /// Where the program or the site is missing, with the remedy.
    #[must_use]
    pub fn start(name: &str, more: &[String]) -> Self {
        let root = repository();
        let candidates: Vec<_> = ["tools", "debug", "release"]
            .map(|it| root.join("target").join(it).join("local-api"))
            .into();
        let program = required("STRONGROOM_LOCAL_API", &candidates, "run `cargo build -p local-api`");
        let folder = scratch(&format!("{name}-api"));
        let mut arguments = ["--listen", "127.0.0.1:0"].map(str::to_owned).to_vec();
        let is_given = |name: &str| more.iter().any(|option| option == name);
        // It refuses faults for the pages of any origin.
        if !is_given("*") {
            arguments.push("--faults".to_owned());
        }
        if !is_given("--seed") {
            arguments.extend(["--seed", "demo"].map(str::to_owned));
        }
        if !is_given("--site") {
            arguments.extend(["--site".to_owned(), built_site().display().to_string()]);
        }
        arguments.extend(["--data".to_owned(), folder.join("data.sqlite").display().to_string()]);
        arguments.extend(more.iter().cloned());
        let mut process = Process::start(&program, &arguments);
        let (address, key) = process.wait_for_line(|line| {
            let rest = line.strip_prefix("Local API is ready at ")?;
            let (address, key) = rest.split_once(" with API key ")?;
            Some((address.to_owned(), key.trim().to_owned()))
        });
        Self {
            address,
            key,
            process: Some(process),
            folder,
        }
    }

    /// Ends it, as if the server had gone away. What it served is gone too.
    pub fn stop(&mut self) {
        self.process = None;
    }

    /// Sends a request with its key.
    ///
    /// # Panics
    ///
    /// Where there is no answer.
    #[track_caller]
    pub fn send(&self, method: &str, path: &str, body: Option<&Value>) -> Answer {
        let method = method.parse().expect("a method");
        let mut request = reqwest::Client::new()
            .request(method, format!("{}{path}", self.address))
            .bearer_auth(&self.key);
        if let Some(body) = body {
            request = request.json(body);
        }
        block_on(async {
            let answer = request.send().await.unwrap_or_else(|error| panic!("{path}: {error}"));
            let status = answer.status().as_u16();
            let bytes = answer.bytes().await.unwrap_or_else(|error| panic!("{path}: {error}"));
            (status, serde_json::from_slice(&bytes).unwrap_or_default())
        })
    }

    #[track_caller]
    fn succeed(&self, method: &str, path: &str, body: Option<&Value>) -> Value {
        let (status, answer) = self.send(method, path, body);
        assert!((200..300).contains(&status), "{method} {path}: {status} {answer}");
        answer
    }

    /// Makes a workspace; its id.
    #[track_caller]
    pub fn workspace(&self, name: &str) -> String {
        let body = json!({"metadata": {"name": name}, "spec": {}});
        id_of(&self.succeed("POST", "/v1/account/workspaces", Some(&body)))
    }

    /// Archives a workspace.
    #[track_caller]
    pub fn archive(&self, workspace: &str) {
        self.succeed("DELETE", &format!("/v1/account/workspaces/{workspace}"), None);
    }

    /// Makes a secret from its metadata and value; its id.
    #[track_caller]
    pub fn secret(&self, workspace: &str, metadata: &Value, value: &str) -> String {
        let body = json!({"metadata": metadata, "spec": {"value": value}});
        id_of(&self.succeed(
            "POST",
            &format!("/v1/workspaces/{workspace}/workspace_secrets"),
            Some(&body),
        ))
    }

    /// What the server holds of a secret.
    #[track_caller]
    pub fn read(&self, workspace: &str, id: &str) -> Value {
        self.succeed(
            "GET",
            &format!("/v1/workspaces/{workspace}/workspace_secrets/{id}"),
            None,
        )
    }

    /// The secrets of a workspace, by name; at most a thousand.
    #[track_caller]
    pub fn secrets(&self, workspace: &str) -> Vec<Value> {
        let path = format!("/v1/workspaces/{workspace}/workspace_secrets?limit=1000");
        let page = self.succeed("GET", &path, None);
        let mut items = page["items"].as_array().cloned().unwrap_or_default();
        items.sort_by_key(|item| item["metadata"]["name"].to_string());
        items
    }

    /// The same, with who made them and when they were last used.
    #[track_caller]
    pub fn secrets_with_info(&self, workspace: &str) -> Vec<Value> {
        let path = format!("/v1/workspaces/{workspace}/workspace_secrets?limit=1000&includeInfo=true");
        let page = self.succeed("GET", &path, None);
        page["items"].as_array().cloned().unwrap_or_default()
    }

    /// The id of the workspace with this name that this key is a member of.
    ///
    /// # Panics
    ///
    /// Where there is none.
    #[track_caller]
    pub fn workspace_named(&self, name: &str) -> String {
        let found = self.workspaces().into_iter().find(|(known, _)| known == name);
        found.unwrap_or_else(|| panic!("there is no workspace {name}")).1
    }

    /// The names and ids of the workspaces that this key is a member of.
    ///
    /// # Panics
    ///
    /// Where they can't be listed.
    #[track_caller]
    pub fn workspaces(&self) -> Vec<(String, String)> {
        let workspaces = self.succeed("GET", "/v1/workspaces?limit=100", None);
        let items = workspaces["items"].as_array().into_iter().flatten();
        let named = |it: &Value| {
            (
                it["metadata"]["name"].as_str().unwrap_or_default().to_owned(),
                id_of(it),
            )
        };
        items.map(named).collect()
    }

    /// The id of the secret with this name.
    ///
    /// # Panics
    ///
    /// Where there is none.
    #[track_caller]
    pub fn secret_named(&self, workspace: &str, name: &str) -> String {
        let secrets = self.secrets(workspace);
        let found = secrets.iter().find(|it| it["metadata"]["name"] == name);
        id_of(found.unwrap_or_else(|| panic!("there is no secret {name}")))
    }

    /// The id of the tool set with this name.
    ///
    /// # Panics
    ///
    /// Where there is none.
    #[track_caller]
    pub fn tool_set_named(&self, workspace: &str, name: &str) -> String {
        let sets = self.succeed("GET", &format!("/v1/workspaces/{workspace}/tool_sets?limit=200"), None);
        let mut items = sets["items"].as_array().into_iter().flatten();
        let found = items.find(|it| it["metadata"]["name"] == name);
        id_of(found.unwrap_or_else(|| panic!("there is no tool set {name}")))
    }

    /// A secret of the demo data that was used a short time ago: its workspace, its id and its name.
    ///
    /// # Panics
    ///
    /// Where the demo data has none.
    #[track_caller]
    pub fn a_secret_in_use(&self) -> (String, String, String) {
        let workspaces = self.succeed("GET", "/v1/workspaces?limit=100", None);
        let open = workspaces["items"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|it| it["status"] == "STATUS_ENABLED");
        let mut used = Vec::new();
        for workspace in open.map(id_of) {
            let path = format!("/v1/workspaces/{workspace}/workspace_secrets?limit=1000&includeInfo=true");
            for item in self.succeed("GET", &path, None)["items"]
                .as_array()
                .into_iter()
                .flatten()
            {
                let metadata = &item["metadata"];
                if let (Some(at), Some(name), true) = (
                    item["info"]["lastUsedAt"].as_str(),
                    metadata["name"].as_str(),
                    bundle_of(item).is_none(),
                ) {
                    used.push((at.to_owned(), workspace.clone(), id_of(item), name.to_owned()));
                }
            }
        }
        // RFC 3339 in UTC sorts as text.
        let (_, workspace, id, name) = used
            .into_iter()
            .max()
            .expect("the demo data has a secret that is in use");
        (workspace, id, name)
    }

    /// The value that the server holds, which no call of the contract tells.
    #[track_caller]
    pub fn value(&self, workspace: &str, id: &str) -> Option<String> {
        let answer = self.succeed("GET", &format!("/_test/secrets/{workspace}/{id}/value"), None);
        answer["value"].as_str().map(str::to_owned)
    }

    /// Makes calls fail: see the local API's help on faults.
    #[track_caller]
    pub fn fault(&self, fault: &Value) {
        self.succeed("POST", "/_test/faults", Some(fault));
    }

    /// A file of the site is missing the next time that it is asked for: the first in `assets` whose name starts so. Its
    /// address. The browser's cache keeps that for a year, as some hosts tell it to.
    ///
    /// # Panics
    ///
    /// Where there is no such file.
    #[track_caller]
    pub fn miss_file(&self, start: &str) -> String {
        let file = file_of(&built_site(), start);
        let path = format!("/assets/{}", file.file_name().unwrap_or_default().to_string_lossy());
        let headers = json!({"cache-control": "public, max-age=31536000, immutable"});
        self.fault(&json!({"path": path, "status": 404, "body": "not found", "headers": headers}));
        path
    }

    /// How many calls with this method and exactly this path reached it.
    ///
    /// # Panics
    ///
    /// Where it does not tell.
    #[track_caller]
    pub fn calls(&self, method: &str, path: &str) -> usize {
        let log = self.succeed("GET", "/_test/requests", None);
        let requests = log["requests"].as_array().expect("a list of requests");
        requests
            .iter()
            .filter(|it| it["method"] == method && it["path"] == path)
            .count()
    }

    /// How many calls reached it.
    ///
    /// # Panics
    ///
    /// Where it does not tell.
    #[track_caller]
    pub fn requests(&self) -> usize {
        let log = self.succeed("GET", "/_test/requests", None);
        log["requests"].as_array().expect("a list of requests").len()
    }

    /// The query strings of the calls that read a list of secrets, in their order.
    ///
    /// # Panics
    ///
    /// Where it does not tell.
    #[track_caller]
    pub fn list_queries(&self) -> Vec<String> {
        let log = self.succeed("GET", "/_test/requests", None);
        let requests = log["requests"].as_array().expect("a list of requests").iter();
        requests
            .filter(|it| it["method"] == "GET" && it["path"].as_str().is_some_and(|path| path.ends_with("_secrets")))
            .map(|it| it["query"].as_str().unwrap_or_default().to_owned())
            .collect()
    }

    /// A key that may do only this: the key, and its profile.
    #[track_caller]
    pub fn limited_key(&self, name: &str, scopes: &[&str]) -> (String, String) {
        let answer = self.succeed("POST", "/_test/keys", Some(&json!({"name": name, "scopes": scopes})));
        let text = |field: &str| answer[field].as_str().expect("a text").to_owned();
        (text("key"), text("profileId"))
    }

    /// Disables a key from now on.
    #[track_caller]
    pub fn disable_key(&self, profile: &str) {
        self.succeed("POST", &format!("/_test/keys/{profile}/disable"), None);
    }
}

impl Drop for LocalApi {
    fn drop(&mut self) {
        self.stop();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn id_of(resource: &Value) -> String {
    resource["metadata"]["id"].as_str().expect("an id").to_owned()
}

/// The bundle of a secret: the label of newer servers, or the field of older ones.
#[must_use]
pub fn bundle_of(secret: &Value) -> Option<&str> {
    let metadata = &secret["metadata"];
    let label = metadata["labels"]["bundle_key"].as_str();
    label
        .or_else(|| metadata["bundleKey"].as_str())
        .filter(|bundle| !bundle.is_empty())
}

/// The site that `cargo xtask dist` built.
///
/// # Panics
///
/// Where it is missing, with the remedy.
#[must_use]
pub fn built_site() -> PathBuf {
    required(
        "STRONGROOM_DIST",
        &[repository().join("dist")],
        "run `cargo xtask dist`",
    )
}

/// The file of a built site whose name in `assets/` starts like this: of its release, not of the one before, which `dist` keeps.
///
/// # Panics
///
/// Where there is none.
#[must_use]
pub fn file_of(site: &Path, start: &str) -> PathBuf {
    let in_release = |name: &str| match fs::read_to_string(site.join("SHA256SUMS")) {
        Ok(list) => list.lines().any(|line| line.ends_with(&format!("  assets/{name}"))),
        // The site for development has one release only.
        Err(_) => true,
    };
    let files = fs::read_dir(site.join("assets")).expect("the site").flatten();
    let mut names = files.filter_map(|file| file.file_name().into_string().ok());
    let is_plain = |name: &str| ![".br", ".gz", ".zst"].iter().any(|suffix| name.ends_with(suffix));
    let found = names.find(|name| name.starts_with(start) && is_plain(name) && in_release(name));
    let name = found.unwrap_or_else(|| panic!("{start} is not in the site"));
    site.join("assets").join(name)
}

/// The site as development has it, with the gallery.
pub fn gallery_site() -> PathBuf {
    required(
        "STRONGROOM_GALLERY",
        &[repository().join("target/strongroom/gallery")],
        "run `cargo xtask test e2e`",
    )
}

/// An empty folder for one test, which its owner removes.
///
/// # Panics
///
/// Where it can't be made.
#[must_use]
pub fn scratch(name: &str) -> PathBuf {
    use std::sync::atomic::{AtomicUsize, Ordering};
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let unique = format!(
        "strongroom-{}-{}-{name}",
        std::process::id(),
        NEXT.fetch_add(1, Ordering::Relaxed)
    );
    let folder = std::env::temp_dir().join(unique);
    fs::create_dir_all(&folder).expect("a folder for the test");
    folder
}

/// Runs a script with the official Python SDK, which finds the API through its own variables; what it printed.
///
/// # Panics
///
/// Where there is no Python with the SDK, with the remedy, and where the script fails.
#[track_caller]
pub fn official_sdk(api: &LocalApi, workspace: &str, script: &Path) -> String {
    let environment = repository().join("tests/sdk/.venv/bin/python");
    let mut candidates = vec![environment];
    candidates.extend(on_path("python-with-cadenya"));
    let remedy = "python3 -m venv tests/sdk/.venv && tests/sdk/.venv/bin/pip install -r tests/sdk/requirements.txt";
    let python = required("STRONGROOM_PYTHON", &candidates, remedy);
    let output = std::process::Command::new(python)
        .arg(script)
        .env("CADENYA_API_KEY", &api.key)
        .env("CADENYA_BASE_URL", &api.address)
        .env("CADENYA_WORKSPACE_ID", workspace)
        .output()
        .expect("running Python");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("the script prints UTF-8")
}
