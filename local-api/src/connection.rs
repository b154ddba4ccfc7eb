//! Connections: accepting, serving, stopping.

use std::convert::Infallible;
use std::io;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tower::ServiceExt;

/// How long requests that are being answered may go on once the server is asked to stop.
const LAST_REQUESTS: Duration = Duration::from_secs(3);

/// How long a client may take to send the head of a request.
const REQUEST_HEAD: Duration = Duration::from_secs(30);

/// Pause after a failed accept: the usual cause, too many open files, takes a while to resolve.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// In the extensions of a response: close the connection instead of sending it.
#[derive(Debug, Clone, Copy)]
pub struct CloseConnection;

/// Serves until `stop` is ready; then lets open requests finish, but not for longer than a few seconds.
pub(crate) async fn serve(listener: TcpListener, app: Router, stop: impl Future<Output = ()>) {
    let (stopping, stopped) = watch::channel(false);
    let mut connections = JoinSet::new();
    tokio::pin!(stop);
    loop {
        tokio::select! {
            () = &mut stop => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(connection(stream, app.clone(), stopped.clone()));
                }
                Err(_) => tokio::time::sleep(ACCEPT_PAUSE).await,
            },
            Some(_) = connections.join_next(), if !connections.is_empty() => {}
        }
    }
    drop(listener);
    // Nobody listens when no connection is open.
    let _ = stopping.send(true);
    let all = async { while connections.join_next().await.is_some() {} };
    if tokio::time::timeout(LAST_REQUESTS, all).await.is_err() {
        connections.shutdown().await;
    }
}

async fn connection(stream: TcpStream, app: Router, mut stopped: watch::Receiver<bool>) {
    // Small answers are sent at once instead of being kept back for more (RFC 896); failing that they are late.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request: Request<Incoming>| answer(app.clone(), request));
    let serving = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(REQUEST_HEAD)
        .serve_connection(TokioIo::new(stream), service);
    tokio::pin!(serving);
    tokio::select! {
        _ = &mut serving => return,
        _ = stopped.wait_for(|stopped| *stopped) => {}
    }
    serving.as_mut().graceful_shutdown();
    // How a connection ends is its client's business: what failed here was logged where it failed.
    let _ = serving.await;
}

async fn answer(app: Router, request: Request<Incoming>) -> io::Result<Response> {
    let response: Result<Response, Infallible> = app.oneshot(request.map(Body::new)).await;
    match response {
        // hyper closes the connection on an error of the service, without writing anything.
        Ok(response) if response.extensions().get::<CloseConnection>().is_some() => {
            Err(io::Error::from(io::ErrorKind::ConnectionAborted))
        }
        Ok(response) => Ok(response),
        Err(never) => match never {},
    }
}
