//! Every fault of the local API in every operation on a secret: what is told, what is kept, what is sent again, what the
//! server has afterwards, and what the person can do. `docs/reliability.md` is written by this.

#[cfg(test)]
mod tests {
    use std::sync::Mutex;
    use std::thread;
    use std::time::Instant;

    use e2e::reliability::{Bench, OPERATIONS, assert_documented, faults, table};
    use e2e::{Journey, Vocabulary};

    #[test]
    fn every_fault_in_every_operation() {
        const AT_ONCE: usize = 3;
        let left = Mutex::new(OPERATIONS.iter().enumerate().rev().collect::<Vec<_>>());
        let done = Mutex::new(Vec::new());
        thread::scope(|scope| {
            let workers = [(); AT_ONCE].map(|()| {
                scope.spawn(|| {
                    loop {
                        let next = left.lock().unwrap().pop();
                        let Some((number, (title, journey, operation))) = next else {
                            return;
                        };
                        Journey::named(journey).watching_the_wire().take(|world| {
                            world.expect_in_console("Failed to load resource");
                            let bench = Bench::of(world);
                            let rows: Vec<_> = faults()
                                .iter()
                                .map(|fault| {
                                    world.page.step(&format!("the fault {}", fault.name));
                                    operation(&bench, fault)
                                })
                                .collect();
                            done.lock().unwrap().push((number, table(title, &rows)));
                        });
                    }
                })
            });
            for worker in workers {
                worker.join().expect("an operation failed: see above");
            }
        });
        let mut tables = done.into_inner().unwrap();
        tables.sort();
        let tables: Vec<_> = tables.into_iter().map(|(_, text)| text).collect();
        assert_documented(&tables);
    }

    #[test]
    fn one_fault_alone_of_a_read_or_a_delete_is_not_seen() {
        Journey::named("reliability-alone").watching_the_wire().take(|world| {
            world.expect_in_console("Failed to load resource");
            let (page, bench) = (&world.page, Bench::of(world));
            for fault in faults().iter().filter(|it| it.is_repeated && !it.is_everywhere) {
                page.step(&format!("the fault {}", fault.name));
                let (name, id) = bench.secret("canary-of-old");
                let (here, path) = (bench.address(&format!("/{id}")), bench.path(Some(&id)));
                // Where a connection breaks, it may be the browser already that tries again.
                let is_tried_again = |sent| sent == 2 || fault.name.starts_with("`close") && sent == 1;
                bench.arm(fault, "GET", &path, 1);
                page.visit(&here);
                page.wait_view(&name);
                assert!(!page.alert().exists() && is_tried_again(bench.sent("GET", &path)));
                page.button("Delete").click();
                page.alertdialog("Delete secret").button("Delete").wait();
                bench.arm(fault, "DELETE", &path, 1);
                page.alertdialog("Delete secret").button("Delete").click();
                page.wait_view("Secrets");
                // What the browser has deleted on its own second try is gone already for the console.
                let told = bench.told(|| page.address() != here);
                assert!(
                    told.iter()
                        .any(|it| it.contains("was deleted.") || it.contains("gone already.")),
                    "{told:?}"
                );
                assert!(!page.alert().exists() && is_tried_again(bench.sent("DELETE", &path)));
                assert!(!bench.has(&id));
            }
        });
    }

    #[test]
    fn the_deadline_is_a_minute() {
        Journey::named("reliability-minute").watching_the_wire().take(|world| {
            let (page, bench) = (&world.page, Bench::at_its_pace(world));
            let here = bench.address("/new");
            page.visit(&here);
            page.textbox("Name").fill("SLOW");
            page.textbox("Value").fill("canary-of-new");
            let silence = faults()
                .into_iter()
                .find(|it| it.name == "`noAnswer`")
                .expect("it is one of them");
            bench.arm(&silence, "POST", &bench.path(None), 0);
            page.button("Create secret").click();
            let begun = Instant::now();
            let told = bench.told(|| page.address() != here);
            let waited = begun.elapsed().as_secs();
            assert!((59..80).contains(&waited), "it gave up after {waited} s");
            assert!(
                told.iter().any(|it| it.contains("did not answer within 60 seconds")),
                "{told:?}"
            );
            assert_eq!(bench.sent("POST", &bench.path(None)), 1);
        });
    }
}
