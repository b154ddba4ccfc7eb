//! A sign-in proxy in front of the site and the API: the console starts behind it, the end of a sign-in is told as that,
//! and what was typed is there after the next one.

#[cfg(test)]
mod tests {
    use e2e::{Journey, SignedOut, Vocabulary, wait_until};
    use serde_json::Value;

    /// Notes whether the page asks before it is reloaded.
    const NOTE_QUESTION: &str = "addEventListener('beforeunload', event => \
        sessionStorage.setItem('test.asked', String(event.defaultPrevented)))";

    #[test]
    fn a_sign_in_that_ends_while_one_types_is_told_and_loses_nothing() {
        Journey::named("sign-in-ends").behind_a_sign_in().take(|world| {
            let (page, proxy) = (&world.page, world.proxy());
            let workspace = world.api.workspace("Behind a proxy");
            let here = format!("/workspaces/{workspace}/secrets/new");
            page.visit(&here);
            proxy.sign_in(page);
            page.button("Connect").click();
            page.wait_view("New secret");
            assert_eq!(
                proxy.refused(),
                [here.as_str()],
                "every file and call of the console has the cookie"
            );
            page.textbox("Name").fill("TYPED");
            page.textbox("Value").fill("typed-canary");
            let is_kept = "return Object.keys(sessionStorage).some(it => it.includes('draft'))";
            wait_until("a draft is kept", || page.run(is_kept) == true);
            let mut statuses = Vec::new();
            for signed_out in [SignedOut::Redirect, SignedOut::Refusal] {
                page.step(&format!("{signed_out:?}"));
                proxy.sign_out(signed_out);
                if signed_out == SignedOut::Refusal {
                    world.expect_status(401);
                }
                page.button("Create secret").click();
                page.alert().wait_text("Your sign-in to this site may have ended");
                assert_eq!(page.textbox("Value").value(), "typed-canary");
                assert!(world.api.secrets(&workspace).is_empty(), "nothing reached the API");
                page.run(NOTE_QUESTION);
                page.alert().button("Reload page").click();
                page.link("Sign in").wait();
                proxy.sign_in(page);
                page.button("Connect").click();
                page.main_landmark().wait_text("Draft from");
                statuses.push(page.run("return sessionStorage.getItem('test.asked')"));
                assert_eq!(page.textbox("Name").value(), "TYPED");
                wait_until("the value is there", || page.textbox("Value").value() == "typed-canary");
            }
            assert_eq!(
                statuses,
                [Value::from("false"), Value::from("false")],
                "what is kept is not asked about"
            );
            page.button("Create secret").click();
            page.wait_view("TYPED");
            let made = world.api.secret_named(&workspace, "TYPED");
            assert_eq!(world.api.value(&workspace, &made).as_deref(), Some("typed-canary"));
        });
    }

    #[test]
    fn a_page_in_place_of_the_configuration_is_told_as_that_and_a_password_is_a_sign_in_too() {
        Journey::named("sign-in-config").behind_a_sign_in().take(|world| {
            let (page, proxy) = (&world.page, world.proxy());
            page.visit("/connect");
            proxy.sign_in(page);
            page.wait_view("Connect");
            for signed_out in [SignedOut::Page, SignedOut::Redirect] {
                proxy.close("/config.json", signed_out);
                page.reload();
                page.alert().wait_text("Another page answered instead of config.json");
                proxy.close("", signed_out);
                page.alert().button("Reload page").click();
                page.wait_view("Connect");
            }
            proxy.sign_out(SignedOut::Basic);
            // A name and a password in the address of the console itself keep a page from fetching anything.
            proxy.visit_as_alice(page, "/config.json");
            page.visit("/workspaces");
            page.button("Connect").click();
            page.wait_view("Workspaces");
            page.table("Workspaces").link("Production").wait();
        });
    }
}
