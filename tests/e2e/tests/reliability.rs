//! Every fault of the local API in every operation on a secret: what is told, what is kept, what is sent again, what the
//! server has afterwards, and what the person can do. `docs/reliability.md` is written by this.

#[cfg(test)]
mod tests {
    use e2e::reliability::{Bench, OPERATIONS, assert_documented, assert_introduced, faults, table, tried};
    use e2e::{Journey, Vocabulary, wait_until};

    /// One test for each operation, so that they run side by side.
    fn every_fault_in(operation: usize) {
        let (title, journey, operation) = OPERATIONS[operation];
        let mut rows = Vec::new();
        Journey::named(journey).watching_the_wire().take(|world| {
            world.expect_in_console("Failed to load resource");
            let bench = Bench::of(world);
            for fault in tried() {
                world.page.step(&format!("the fault {}", fault.name));
                rows.push(operation(&bench, &fault));
            }
        });
        assert_documented(&table(title, &rows));
    }

    macro_rules! operations {
        ($($test:ident: $number:literal,)*) => {
            $(#[test] fn $test() { every_fault_in($number); })*

            #[test]
            fn every_operation_is_tested() {
                assert_eq!((0..OPERATIONS.len()).collect::<Vec<_>>(), [$($number),*]);
                assert_introduced();
            }
        };
    }

    operations! {
        every_fault_in_reading: 0,
        every_fault_in_deleting: 1,
        every_fault_in_creating: 2,
        every_fault_in_changing_a_field: 3,
        every_fault_in_replacing_the_value: 4,
        every_fault_in_reading_references: 5,
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
                let told = bench.told(|| false);
                assert!(told.iter().any(|it| it.contains(" deleted.")), "{told:?}");
                assert!(!page.alert().exists() && is_tried_again(bench.sent("DELETE", &path)));
                assert!(!bench.has(&id));
            }
        });
    }

    #[test]
    fn the_deadline_is_a_minute() {
        Journey::named("reliability-minute").watching_the_wire().take(|world| {
            let page = &world.page;
            page.control_timers();
            let bench = Bench::at_its_pace(world);
            let here = bench.address("/new");
            page.visit(&here);
            page.textbox("Name").fill("SLOW");
            page.textbox("Value").fill("canary-of-new");
            let silence = faults()
                .into_iter()
                .find(|it| it.name == "`noAnswer`")
                .expect("it is one of them");
            let path = bench.path(None);
            bench.arm(&silence, "POST", &path, 0);
            page.button("Create secret").click();
            wait_until("it is sent", || bench.sent("POST", &path) == 1);
            page.fast_forward(59);
            page.button("Creating…").wait();
            page.fast_forward(2);
            let told = bench.told(|| page.address() != here);
            assert!(
                told.iter().any(|it| it.contains("No response within 60 seconds")),
                "{told:?}"
            );
            assert_eq!(bench.sent("POST", &path), 1);
        });
    }
}
