//! A connection to the browser itself, by its protocol for developers: for what WebDriver has no command for.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::{Value, json};

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// A WebSocket (RFC 6455) to one target of the browser, or to the browser as a whole.
#[derive(Debug)]
pub(crate) struct Connection {
    stream: BufReader<TcpStream>,
    last_id: u32,
}

impl Connection {
    /// Connects to a path of the browser's port, such as `/devtools/page/ID`.
    pub(crate) fn open(port: u16, path: &str) -> io::Result<Self> {
        let mut stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_read_timeout(Some(PATIENCE))?;
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
             Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n"
        )?;
        let mut stream = BufReader::new(stream);
        let mut line = String::new();
        while line != "\r\n" {
            line.clear();
            if stream.read_line(&mut line)? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        Ok(Self { stream, last_id: 0 })
    }

    /// Sends a command and returns its result.
    pub(crate) fn call(&mut self, method: &str, parameters: &Value) -> io::Result<Value> {
        let id = self.send(method, parameters)?;
        let mut answer = self.wait(|message| message["id"] == id)?;
        match answer.get("error") {
            Some(error) => Err(io::Error::other(format!("{method}: {error}"))),
            None => Ok(answer["result"].take()),
        }
    }

    /// Sends a command without waiting for its result; its id.
    pub(crate) fn send(&mut self, method: &str, parameters: &Value) -> io::Result<u32> {
        self.last_id += 1;
        let text = json!({"id": self.last_id, "method": method, "params": parameters}).to_string();
        let length = u16::try_from(text.len()).map_err(io::Error::other)?;
        // One final text frame, its length in two bytes, masked with zeros.
        let mut frame = vec![0x81, 0x80 | 126];
        frame.extend(length.to_be_bytes());
        frame.extend([0; 4]);
        frame.extend(text.as_bytes());
        self.stream.get_mut().write_all(&frame)?;
        Ok(self.last_id)
    }

    /// The next message that matches.
    pub(crate) fn wait(&mut self, matches: impl Fn(&Value) -> bool) -> io::Result<Value> {
        loop {
            let length = match self.bytes::<2>()?[1] {
                126 => usize::from(u16::from_be_bytes(self.bytes()?)),
                127 => usize::try_from(u64::from_be_bytes(self.bytes()?)).map_err(io::Error::other)?,
                short => usize::from(short),
            };
            let mut text = vec![0; length];
            self.stream.read_exact(&mut text)?;
            // Control frames are no JSON.
            let message = serde_json::from_slice(&text).unwrap_or(Value::Null);
            if matches(&message) {
                return Ok(message);
            }
        }
    }

    fn bytes<const COUNT: usize>(&mut self) -> io::Result<[u8; COUNT]> {
        let mut bytes = [0; COUNT];
        self.stream.read_exact(&mut bytes)?;
        Ok(bytes)
    }
}
