//! A tab whose process ends, and that is loaded again. The driver gives such a tab up for good, so what happens in it is
//! asked of the browser itself, by its protocol for developers.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::{Value, json};

use crate::browser::Page;
use crate::wait::block_on;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(30);

impl Page {
    /// Ends the process of the tab, as a fault of the browser would, loads its page again, as a person would by the
    /// button that the browser shows then, and gives what an expression comes to there. From then on the journey is in
    /// another tab, which is empty.
    ///
    /// # Panics
    ///
    /// Where the browser does not do that.
    #[track_caller]
    pub fn crash_and_load_again(&self, expression: &str) -> Value {
        self.step("the tab crashes, and is loaded again");
        let crashed = block_on(async {
            let crashed = self.driver.window().await?;
            let other = self.driver.new_tab().await?;
            self.driver.switch_to_window(other).await?;
            thirtyfour::error::WebDriverResult::Ok(crashed.to_string())
        });
        let crashed = crashed.unwrap_or_else(|error| panic!("opening a tab beside: {error}"));
        let port = fs::read_to_string(self.profile().join("DevToolsActivePort")).expect("the browser's port");
        let port = port.lines().next().expect("its number");
        let mut talk = Talk::with(&format!("127.0.0.1:{port}"), &crashed).expect("talking to the browser");
        talk.tell(1, "Page.crash", &json!({}));
        talk.hear(|message| message["method"] == "Inspector.targetCrashed");
        talk.tell(2, "Page.reload", &json!({}));
        talk.hear(|message| message["method"] == "Inspector.targetReloadedAfterCrash");
        let how = json!({"expression": expression, "awaitPromise": true, "returnByValue": true});
        talk.tell(3, "Runtime.evaluate", &how);
        let mut answer = talk.hear(|message| message["id"] == 3);
        assert!(answer["result"]["exceptionDetails"].is_null(), "{expression}: {answer}");
        answer["result"]["result"]["value"].take()
    }
}

/// A talk with one tab, over a WebSocket (RFC 6455).
struct Talk(BufReader<TcpStream>);

impl Talk {
    fn with(address: &str, tab: &str) -> std::io::Result<Self> {
        let mut stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        write!(
            stream,
            "GET /devtools/page/{tab} HTTP/1.1\r\nHost: {address}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
             Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n"
        )?;
        let mut stream = BufReader::new(stream);
        let mut line = String::new();
        while line != "\r\n" {
            line.clear();
            stream.read_line(&mut line)?;
        }
        Ok(Self(stream))
    }

    fn tell(&mut self, id: u32, method: &str, parameters: &Value) {
        let text = json!({"id": id, "method": method, "params": parameters}).to_string();
        let length = u16::try_from(text.len()).expect("a short message");
        // One text, whole; its length in two bytes; masked with nothing.
        let mut frame = vec![0x81, 0x80 | 126];
        frame.extend(length.to_be_bytes());
        frame.extend([0; 4]);
        frame.extend(text.as_bytes());
        self.0.get_mut().write_all(&frame).expect("telling the browser");
    }

    /// The next message that is the wanted one.
    fn hear(&mut self, is_it: impl Fn(&Value) -> bool) -> Value {
        loop {
            let length = match self.bytes::<2>()[1] {
                126 => usize::from(u16::from_be_bytes(self.bytes())),
                127 => usize::try_from(u64::from_be_bytes(self.bytes())).expect("a length"),
                short => usize::from(short),
            };
            let mut text = vec![0; length];
            self.0.read_exact(&mut text).expect("a message of the browser");
            // What is no text is no answer.
            let message = serde_json::from_slice(&text).unwrap_or(Value::Null);
            if is_it(&message) {
                return message;
            }
        }
    }

    fn bytes<const COUNT: usize>(&mut self) -> [u8; COUNT] {
        let mut bytes = [0; COUNT];
        self.0.read_exact(&mut bytes).expect("a message of the browser");
        bytes
    }
}
