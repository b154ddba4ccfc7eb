//! The checks, in the order in which they run: what fails soonest comes first.

use std::collections::BTreeMap;
use std::net::TcpListener;
use std::num::NonZero;
use std::path::PathBuf;
use std::process::Command;
use std::{env, fs, thread};

use super::shared::Shared;
use super::{Check, Verdict};
use crate::dev::{DEVELOPMENT_FEATURES, with_gallery};
use crate::dist;
use crate::failure::{Context, Failure, Outcome};
use crate::local_api::{LocalApi, Options};
use crate::process::{interrupted, output, run_aside, say};
use crate::setup::{Need, SITE, cargo_home, firefox_variables, for_tests, has_nightly, webkit_variables};

const WASM: &str = "wasm32-unknown-unknown";

/// What builds the site and opens it.
const SITE_IN_A_BROWSER: &[Need] = &[
    Need::Browser,
    Need::WebAssemblyTarget,
    Need::StandardLibrary,
    Need::Trunk,
    Need::WasmBindgen,
    Need::Npm,
];

/// All checks.
pub(super) const CHECKS: &[Check] = &[
    Check {
        name: "format",
        about: "the code is formatted",
        needs: &[],
        is_long: false,
        is_aside: false,
        run: format,
    },
    Check {
        name: "clippy",
        about: "no lint on this machine's target",
        needs: &[],
        is_long: false,
        is_aside: false,
        run: clippy,
    },
    Check {
        name: "clippy-wasm",
        about: "no lint on the browser's target",
        needs: &[Need::WebAssemblyTarget],
        is_long: false,
        is_aside: false,
        run: clippy_wasm,
    },
    Check {
        name: "host",
        about: "the tests that need no browser",
        needs: &[],
        is_long: false,
        is_aside: false,
        run: host,
    },
    Check {
        name: "docs",
        about: "the documentation builds and its links lead somewhere",
        needs: &[],
        is_long: false,
        is_aside: false,
        run: docs,
    },
    Check {
        name: "boot",
        about: "boot.js refuses what it must, under Node.js",
        needs: &[],
        is_long: false,
        is_aside: false,
        run: boot,
    },
    Check {
        name: "web",
        about: "the client and the views in Chromium, against the local API and its faults",
        needs: &[Need::WebAssemblyTarget, Need::WasmBindgen, Need::Browser],
        is_long: false,
        is_aside: false,
        run: web,
    },
    Check {
        name: "dist",
        about: "the site builds and is no larger than before; with `reproduce`, it is built twice",
        needs: SITE,
        is_long: false,
        is_aside: true,
        run: budget,
    },
    Check {
        name: "reproduce",
        about: "the build in another directory has the same bytes",
        needs: SITE,
        is_long: true,
        is_aside: false,
        run: reproduce,
    },
    Check {
        name: "e2e",
        about: "the built site in Chromium, and the official SDK beside it; with `--long` every fault and theme",
        needs: &[
            Need::Browser,
            Need::HeadlessShell,
            Need::WebAssemblyTarget,
            Need::StandardLibrary,
            Need::Trunk,
            Need::WasmBindgen,
            Need::Npm,
            Need::Python,
        ],
        is_long: false,
        is_aside: false,
        run: end_to_end,
    },
    Check {
        name: "lighthouse",
        about: "Lighthouse on the built site: accessibility and best practices at 100",
        needs: SITE_IN_A_BROWSER,
        is_long: false,
        is_aside: false,
        run: lighthouse,
    },
    Check {
        name: "sdk",
        about: "the official SDK, and the one before 1.0, against the local API",
        needs: &[Need::Python, Need::EarlierSdk],
        is_long: false,
        is_aside: true,
        run: sdk,
    },
    Check {
        name: "openapi",
        about: "schemathesis against the local API, as contract/openapi.yaml describes it",
        needs: &[Need::Python],
        is_long: false,
        is_aside: true,
        run: openapi,
    },
    Check {
        name: "engines",
        about: "the main journeys on the built site in Firefox and WebKitGTK; with `--long` in Chromium, too",
        needs: SITE_IN_A_BROWSER,
        is_long: false,
        is_aside: true,
        run: engines,
    },
    Check {
        name: "hosting",
        about: "the recipes of dist/hosting in nginx and Caddy, by HTTP and in Chromium; a cache in front, under load",
        needs: SITE_IN_A_BROWSER,
        is_long: false,
        is_aside: true,
        run: hosting,
    },
    Check {
        name: "soak",
        about: "one tab holds no more after 2,000 navigations, 500 edits and 20 times 100,000 secrets",
        needs: SITE_IN_A_BROWSER,
        is_long: true,
        is_aside: false,
        run: soak,
    },
    Check {
        name: "supply",
        about: "licences, sources and known faults of all packages, by cargo-deny and npm",
        needs: &[Need::Deny],
        is_long: true,
        is_aside: false,
        run: supply,
    },
    Check {
        name: "fuzz",
        about: "any bytes for the decoder, for 10 minutes",
        needs: &[],
        is_long: true,
        is_aside: false,
        run: fuzz,
    },
];

fn format(shared: &Shared<'_>) -> Outcome<Verdict> {
    shared.cargo(&["fmt", "--all", "--check"])?;
    Ok(Verdict::Passed)
}

fn clippy(shared: &Shared<'_>) -> Outcome<Verdict> {
    shared.cargo(&[
        "clippy",
        "--quiet",
        "--workspace",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ])?;
    Ok(Verdict::Passed)
}

/// The tests inside the library are for the host, and so is what they depend on.
fn clippy_wasm(shared: &Shared<'_>) -> Outcome<Verdict> {
    let what = [
        "--package",
        "strongroom",
        "--lib",
        "--bins",
        "--test",
        "web",
        "--features",
        DEVELOPMENT_FEATURES,
        "--target",
        WASM,
    ];
    shared.cargo(&[&["clippy", "--quiet"], &what[..], &["--", "-D", "warnings"]].concat())?;
    Ok(Verdict::Passed)
}

/// The local API with the settings of the program that other checks run, so that what it is made of is compiled once.
fn host(shared: &Shared<'_>) -> Outcome<Verdict> {
    let most = shared.cargo(
        &[
            &["test", "--quiet", "--no-fail-fast", "--workspace"][..],
            &["--exclude", "e2e", "--exclude", "local-api"],
        ]
        .concat(),
    );
    shared.cargo(&[
        "test",
        "--quiet",
        "--no-fail-fast",
        "--package",
        "local-api",
        "--profile",
        "tools",
    ])?;
    most.map(|()| Verdict::Passed)
}

fn docs(shared: &Shared<'_>) -> Outcome<Verdict> {
    let mut doc = shared.command(
        "cargo",
        &["doc", "--quiet", "--workspace", "--no-deps", "--document-private-items"],
    );
    run_aside(doc.env("RUSTDOCFLAGS", "-D warnings"))?;
    Ok(Verdict::Passed)
}

fn boot(shared: &Shared<'_>) -> Outcome<Verdict> {
    run_aside(&mut shared.command("node", &["--test", "xtask/tests/boot.test.mjs"]))?;
    Ok(Verdict::Passed)
}

/// The tests are compiled with the API's address and key in them, because a page reads no environment. Both stay the
/// same from run to run where the port is free, so that nothing is compiled again.
fn web(shared: &Shared<'_>) -> Outcome<Verdict> {
    const PORT: u16 = 8797;
    if !shared.has("tests/web.rs") {
        return Ok(Verdict::Skipped("there is no tests/web.rs".to_owned()));
    }
    let port = if TcpListener::bind(("127.0.0.1", PORT)).is_ok() {
        PORT
    } else {
        0
    };
    // The page of the tests, whose origin the API allows by name: with faults it allows no others.
    let page = TcpListener::bind(("127.0.0.1", 0))
        .and_then(|listener| listener.local_addr())
        .map_err(|error| Failure::new(format!("no free port for the page of the tests: {error}")))?
        .to_string();
    let origin = format!("http://{page}");
    let more = [
        "--faults",
        "--return-values",
        "--cors-origin",
        &origin,
        "--api-key",
        "local-api-key-of-the-web-tests",
    ];
    let options = Options {
        port,
        // A workspace of several pages beside the demo data.
        seed: "2500".to_owned(),
        data: None,
        site: None,
        more: more.iter().map(|argument| (*argument).to_owned()).collect(),
    };
    let api = LocalApi::start(&shared.local_api()?, &options)?;
    let mut test = shared.command(
        "cargo",
        &[
            "test",
            "-p",
            "strongroom",
            "--features",
            DEVELOPMENT_FEATURES,
            "--target",
            WASM,
            "--test",
            "web",
        ],
    );
    test.env(
        "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
        shared.setup.wasm_test_runner()?,
    )
    .env("CHROMEDRIVER", shared.browser()?.driver)
    .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", shared.path("webdriver.json"))
    .env("WASM_BINDGEN_TEST_ADDRESS", &page)
    .env("WASM_BINDGEN_TEST_TIMEOUT", "600")
    .env("STRONGROOM_TEST_API", &api.address)
    .env("STRONGROOM_TEST_KEY", &api.key);
    run_aside(&mut test)?;
    Ok(Verdict::Passed)
}

fn budget(shared: &Shared<'_>) -> Outcome<Verdict> {
    shared.dist()?;
    let sizes = dist::measure(shared.setup.repository)?;
    say(&sizes);
    sizes.check()?;
    dist::check_no_paths(shared.setup.repository)?;
    Ok(Verdict::Passed)
}

fn reproduce(shared: &Shared<'_>) -> Outcome<Verdict> {
    shared.dist()?;
    dist::compare_copy(shared.setup.repository)?;
    Ok(Verdict::Passed)
}

fn end_to_end(shared: &Shared<'_>) -> Outcome<Verdict> {
    let mut test = shared.command("cargo", &["test", "--quiet", "--no-fail-fast", "--package", "e2e"]);
    test.env("STRONGROOM_GALLERY", with_gallery(shared.setup)?)
        .env("STRONGROOM_PYTHON", shared.python());
    lengthen(shared, &mut test);
    let mut arguments = vec!["--skip", ENGINES, "--skip", HOSTING];
    if shared.is_long {
        // The long form of these is a check of its own.
        arguments.extend(["--skip", SOAK]);
    }
    journeys(shared, "e2e", test, &arguments, for_tests(&shared.browser()?))
}

/// The module of the journeys that use one tab for long.
const SOAK: &str = "endurance::";

fn soak(shared: &Shared<'_>) -> Outcome<Verdict> {
    let mut test = shared.command("cargo", &["test", "--quiet", "--package", "e2e", "--test", "e2e"]);
    test.env("STRONGROOM_LONG", "1");
    journeys(shared, "soak", test, &[SOAK], shared.browser()?.chromium)
}

/// Lists of known faults are elsewhere; where one can't be had, the check says so.
fn supply(shared: &Shared<'_>) -> Outcome<Verdict> {
    let deny = |arguments: &[&str]| -> Outcome<Command> {
        let mut deny = shared.setup.command("cargo")?;
        deny.args(["deny", "--locked", "--log-level", "error"]).args(arguments);
        Ok(deny)
    };
    run_aside(&mut deny(&["--offline", "check", "licenses", "bans", "sources"])?)?;
    let mut missing = Vec::new();
    // Beside a file that locks them.
    let kept = cargo_home().and_then(|home| fs::read_dir(home.join("advisory-dbs")).ok());
    let has_copy = kept.is_some_and(|kept| kept.flatten().any(|entry| entry.path().is_dir()));
    if output(&mut deny(&["fetch", "db"])?).is_some() || has_copy {
        run_aside(&mut deny(&["--offline", "check", "advisories"])?)?;
    } else {
        missing.push("github.com/rustsec/advisory-db can't be reached, and no copy of it is here".to_owned());
    }
    for folder in [".", "tests/peer"] {
        let mut audit = shared.command("npm", &["audit", "--package-lock-only", "--audit-level=high", "--json"]);
        let audit = audit
            .current_dir(shared.path(folder))
            .output()
            .context("running npm audit")?;
        let said = String::from_utf8_lossy(&audit.stdout);
        if !said.contains("\"auditReportVersion\"") {
            missing.push(format!("npm tells no advisories for {folder}"));
        } else if !audit.status.success() {
            return Err(Failure::new(format!(
                "npm knows of serious faults in {folder}: run `npm audit` there"
            )));
        }
    }
    Ok(if missing.is_empty() {
        Verdict::Passed
    } else {
        Verdict::Skipped(missing.join("; "))
    })
}

/// Tells a check that it may take long.
fn lengthen(shared: &Shared<'_>, test: &mut Command) {
    if shared.is_long {
        test.env("STRONGROOM_LONG", "1");
    }
}

/// The module of the tests in web servers.
const HOSTING: &str = "hosting::";

/// Web servers that can't be had here are said, as the engines are.
fn hosting(shared: &Shared<'_>) -> Outcome<Verdict> {
    if let Err(why) = shared.setup.provide(&[Need::Hosts]) {
        return if interrupted() {
            Err(Failure::new("interrupted"))
        } else {
            Ok(Verdict::Skipped(why.to_string()))
        };
    }
    let test = shared.command("cargo", &["test", "--quiet", "--package", "e2e", "--test", "e2e"]);
    journeys(shared, "hosting", test, &[HOSTING], for_tests(&shared.browser()?))
}

/// The module of the journeys that run in every engine.
const ENGINES: &str = "engines::";

/// An engine beside Chromium: its name, how its tests begin, what it needs, and what tells the tests where it is.
type Engine = (
    &'static str,
    &'static str,
    &'static [Need],
    fn() -> Outcome<Vec<(&'static str, PathBuf)>>,
);

const OTHER_ENGINES: [Engine; 2] = [
    (
        "Firefox",
        "::firefox::",
        &[Need::Firefox, Need::Geckodriver],
        firefox_variables,
    ),
    ("WebKitGTK", "::webkit::", &[Need::WebKit], webkit_variables),
];

/// An engine that can't be had here does not keep the others from running; then the check says so.
fn engines(shared: &Shared<'_>) -> Outcome<Verdict> {
    let mut test = shared.command("cargo", &["test", "--quiet", "--package", "e2e", "--test", "e2e"]);
    let mut arguments = vec![ENGINES];
    if !shared.is_long {
        // `e2e` tells these stories in Chromium, at length.
        arguments.extend(["--skip", "::chromium::"]);
    }
    let mut missing = Vec::new();
    for (name, prefix, needs, variables) in OTHER_ENGINES {
        match shared.setup.provide(needs).and_then(|()| variables()) {
            Ok(variables) => {
                test.envs(variables);
            }
            Err(_) if interrupted() => return Err(Failure::new("interrupted")),
            Err(why) => {
                missing.push(format!("not in {name}: {why}"));
                arguments.extend(["--skip", prefix]);
            }
        }
    }
    let verdict = journeys(shared, "engines", test, &arguments, shared.browser()?.chromium)?;
    Ok(if missing.is_empty() {
        verdict
    } else {
        Verdict::Skipped(missing.join("; "))
    })
}

/// Runs the journeys of a check on the built site; `arguments` are those of the test program.
fn journeys(
    shared: &Shared<'_>,
    check: &str,
    mut test: Command,
    arguments: &[&str],
    chromium: PathBuf,
) -> Outcome<Verdict> {
    let browser = shared.browser()?;
    let times = shared.setup.repository.kept(&format!("{check}.times"));
    let _ = fs::remove_file(&times);
    test.arg("--")
        .args(arguments)
        .env("STRONGROOM_LOCAL_API", shared.local_api()?)
        .env("STRONGROOM_DIST", shared.dist()?)
        .env("STRONGROOM_E2E_TIMES", &times)
        .env("CHROMEDRIVER", browser.driver)
        .env("CHROMIUM", chromium);
    if env::var_os(TEST_THREADS).is_none() {
        // A journey waits for the browser, the server and timers half of its time.
        let cores = thread::available_parallelism().map_or(1, NonZero::get);
        test.env(TEST_THREADS, (cores + 1).to_string());
    }
    let outcome = run_aside(&mut test);
    // In any case: a test that hangs until its deadline is among them.
    for (name, seconds) in slowest(&fs::read_to_string(&times).unwrap_or_default()) {
        say(format_args!("{seconds:>8.1} s  {name}"));
    }
    outcome.map(|()| Verdict::Passed)
}

/// How many tests of one program run at the same time.
const TEST_THREADS: &str = "RUST_TEST_THREADS";

/// The ten tests that took longest, of lines `SECONDS NAME`. A test with several journeys has several lines.
fn slowest(times: &str) -> Vec<(&str, f64)> {
    let mut tests: BTreeMap<&str, f64> = BTreeMap::new();
    for (seconds, name) in times.lines().filter_map(|line| line.split_once(' ')) {
        *tests.entry(name).or_default() += seconds.parse::<f64>().unwrap_or_default();
    }
    let mut tests: Vec<_> = tests.into_iter().collect();
    tests.sort_by(|(_, one), (_, other)| other.total_cmp(one));
    tests.truncate(10);
    tests
}

/// The key goes to the script in its environment: the command line is shown where the check fails.
fn lighthouse(shared: &Shared<'_>) -> Outcome<Verdict> {
    let options = Options {
        port: 0,
        seed: "demo".to_owned(),
        data: None,
        site: Some(shared.dist()?),
        more: Vec::new(),
    };
    let api = LocalApi::start(&shared.local_api()?, &options)?;
    let mut audit = shared.command("node", &["tests/e2e/scripts/lighthouse.mjs"]);
    audit
        .env("STRONGROOM_TEST_API", &api.address)
        .env("STRONGROOM_TEST_KEY", &api.key)
        .env("CHROMIUM", shared.browser()?.chromium);
    run_aside(&mut audit)?;
    Ok(Verdict::Passed)
}

fn sdk(shared: &Shared<'_>) -> Outcome<Verdict> {
    python(shared, shared.python(), &["-m", "pytest", "-q", "tests/sdk"])?;
    python(
        shared,
        shared.earlier_python(),
        &["-m", "pytest", "-q", "tests/sdk-0.9"],
    )
}

fn openapi(shared: &Shared<'_>) -> Outcome<Verdict> {
    python(shared, shared.python(), &["tests/sdk/run_schemathesis.py"])
}

fn python(shared: &Shared<'_>, program: PathBuf, arguments: &[&str]) -> Outcome<Verdict> {
    let mut test = shared.command(program, arguments);
    lengthen(shared, &mut test);
    run_aside(test.env("STRONGROOM_LOCAL_API", shared.local_api()?))?;
    Ok(Verdict::Passed)
}

fn fuzz(shared: &Shared<'_>) -> Outcome<Verdict> {
    if !has_nightly() {
        return Ok(Verdict::Skipped(
            "there is no nightly toolchain (`rustup toolchain install nightly`)".to_owned(),
        ));
    }
    // Asked for here and not before: without nightly it would be installed for nothing.
    shared.setup.provide(&[Need::Fuzz])?;
    if !shared.has("contract/fuzz/Cargo.toml") {
        return Err(Failure::new("contract/fuzz is missing"));
    }
    let mut fuzz = shared.setup.command("cargo")?;
    fuzz.args([
        "+nightly",
        "fuzz",
        "run",
        "decode",
        "--",
        "-verbosity=0",
        "-max_total_time=600",
    ]);
    fuzz.current_dir(shared.path("contract"));
    // A target directory of its own: the fuzzer compiles everything with other flags.
    run_aside(fuzz.env_remove("CARGO_TARGET_DIR"))?;
    Ok(Verdict::Passed)
}

#[cfg(test)]
mod tests {
    use super::slowest;

    #[test]
    fn the_slowest_come_first_and_the_journeys_of_one_test_count_together() {
        let times = "2.5 list::short\n4.0 list::twice\n9.0 faults::long\n6.0 list::twice\n";
        let tests = [("list::twice", 10.0), ("faults::long", 9.0), ("list::short", 2.5)];
        assert_eq!(slowest(times), tests);
        assert_eq!(slowest(&"1.0 a\n1.0 b\n".repeat(3)).len(), 2);
        let many: String = (0..12).map(|number| format!("1.0 test_{number}\n")).collect();
        assert_eq!(slowest(&many).len(), 10);
    }
}
