//! One test from start to judgement.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::Path;
use std::time::Instant;
use std::{any::Any, fs};

use serde_json::{Value, json};

use crate::browser::Page;
use crate::console::{Expected, complaints};
use crate::engines::Engine;
use crate::local_api::{LocalApi, built_site, gallery_site, scratch};
use crate::process::repository;
use crate::sign_in::SignInProxy;
use crate::times::note_time;
use crate::vocabulary::Vocabulary;

/// A test to be run.
#[derive(Debug)]
pub struct Journey {
    name: String,
    options: Vec<String>,
    /// What the browser keeps a log of.
    logs: Value,
    engine: Engine,
    has_sign_in: bool,
}

/// What a journey finds: a server with demo data that serves the site, and a browser that has not opened it yet.
#[derive(Debug)]
pub struct World {
    /// The server.
    pub api: LocalApi,
    /// The browser's page.
    pub page: Page,
    expected: RefCell<Vec<Expected>>,
    proxy: Option<SignInProxy>,
}

impl Journey {
    /// A journey with a name that its evidence is filed under.
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            options: Vec::new(),
            logs: json!({"browser": "ALL"}),
            engine: Engine::Chromium,
            has_sign_in: false,
        }
    }

    /// It is taken in this engine.
    #[must_use]
    pub fn in_engine(mut self, engine: Engine) -> Self {
        self.name = format!("{}-{}", engine.name(), self.name);
        self.engine = engine;
        self
    }

    /// The browser keeps a log of everything that it sends: see [`crate::wire`].
    #[must_use]
    pub fn watching_the_wire(mut self) -> Self {
        self.logs = json!({"browser": "ALL", "performance": "ALL"});
        self
    }

    /// The page reaches the site through a [`SignInProxy`], which adds the key.
    #[must_use]
    pub fn behind_a_sign_in(mut self) -> Self {
        self.has_sign_in = true;
        self.configured(&json!({"apiBaseUrl": "/", "auth": "proxy"}))
    }

    /// The server returns values.
    #[must_use]
    pub fn returning_values(self) -> Self {
        self.with(&["--return-values"])
    }

    /// The server is started with more options.
    #[must_use]
    pub fn with(mut self, options: &[&str]) -> Self {
        self.options.extend(options.iter().map(|it| (*it).to_owned()));
        self
    }

    /// The site is the one for development, which has the gallery.
    #[must_use]
    pub fn of_the_gallery(self) -> Self {
        let site = gallery_site().display().to_string();
        self.with(&["--site", &site])
    }

    /// The site's `config.json` is this.
    ///
    /// # Panics
    ///
    /// Where the file can't be written.
    #[must_use]
    pub fn configured(mut self, config: &Value) -> Self {
        let file = scratch(&format!("{}-config", self.name)).join("config.json");
        fs::write(&file, config.to_string()).expect("writing config.json");
        self.options.extend(["--config".to_owned(), file.display().to_string()]);
        self
    }

    /// The site is a separate copy, from which the test may remove files. The caller removes the folder.
    ///
    /// # Panics
    ///
    /// Where it can't be copied.
    #[must_use]
    pub fn with_a_copy_of_the_site(mut self, folder: &Path) -> Self {
        let (from, assets) = (built_site(), folder.join("assets"));
        fs::create_dir_all(&assets).expect("a folder for the copy");
        for (source, target) in [(from.clone(), folder.to_path_buf()), (from.join("assets"), assets)] {
            for entry in fs::read_dir(source).expect("the site") {
                let path = entry.expect("a file of the site").path();
                if path.is_file() {
                    let name = path.file_name().expect("a file has a name");
                    fs::copy(&path, target.join(name)).expect("copying a file of the site");
                }
            }
        }
        self.options.extend(["--site".to_owned(), folder.display().to_string()]);
        self
    }

    /// Takes it. What the body finds wrong fails the test, and so does every error, warning or policy violation in
    /// the console that the body did not declare.
    ///
    /// # Panics
    ///
    /// Where the journey fails; what the page was like is left in `target/e2e-failures/`.
    pub fn take(self, body: impl FnOnce(&World)) {
        let started = Instant::now();
        let api = LocalApi::start(&self.name, &self.options);
        let proxy = self.has_sign_in.then(|| SignInProxy::start(&api));
        let site = proxy.as_ref().map_or(&api.address, |proxy| &proxy.address);
        let page = match self.engine {
            Engine::Chromium => Page::with_logs(site, &self.logs),
            other => Page::in_engine(site, other),
        };
        let world = World {
            api,
            page,
            expected: RefCell::default(),
            proxy,
        };
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            body(&world);
            let complaints = complaints(&world.page.log(), &world.expected.borrow());
            assert!(
                complaints.is_empty(),
                "the console said:\n  {}",
                complaints.join("\n  ")
            );
        }));
        note_time(&self.name, started.elapsed());
        if let Err(panic) = outcome {
            let folder = repository().join("target/e2e-failures").join(&self.name);
            world.page.save_evidence(&folder, words(panic.as_ref()));
            drop(world);
            resume_unwind(panic);
        }
    }
}

impl World {
    /// The proxy of a journey that is [`Journey::behind_a_sign_in`].
    ///
    /// # Panics
    ///
    /// In another journey.
    #[must_use]
    #[track_caller]
    pub fn proxy(&self) -> &SignInProxy {
        self.proxy.as_ref().expect("the journey is behind a sign-in")
    }

    /// Declares that requests will be answered with this status, which Chromium always logs.
    pub fn expect_status(&self, status: u16) {
        if self.page.engine() != Engine::Chromium {
            return;
        }
        self.expected.borrow_mut().push(Expected::Status(status));
    }

    /// Declares that the console will say this.
    pub fn expect_in_console(&self, text: &str) {
        self.expected.borrow_mut().push(Expected::Text(text.to_owned()));
    }

    /// Connects with a key in the form that is on screen.
    #[track_caller]
    pub fn connect_with(&self, key: &str) {
        self.page.textbox("API key").fill(key);
        self.page.button("Connect").click();
    }

    /// Opens an address with the server's own key: through `/connect` and back.
    #[track_caller]
    pub fn open(&self, address: &str) {
        self.page.visit(address);
        self.page.heading("Connect").wait();
        self.connect_with(&self.api.key);
        self.page.heading("Connect").wait_gone();
        self.page.wait_address(address);
    }

    /// Creates a workspace with this many secrets, `SECRET_000` and so on; returns its id.
    #[track_caller]
    pub fn workspace_of(&self, name: &str, secrets: usize) -> String {
        let id = self.api.workspace(name);
        for number in 0..secrets {
            let metadata = json!({"name": format!("SECRET_{number:03}"), "labels": {"number": number.to_string()}});
            self.api.secret(&id, &metadata, "a value");
        }
        id
    }
}

/// What a panic said.
fn words(panic: &(dyn Any + Send)) -> &str {
    panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("it panicked without words")
}
