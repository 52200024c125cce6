//! Server-sent events: open pages learn that something changed, and only of what is theirs.

use crate::people::error_points;
use std::time::Duration;

use futures_util::StreamExt;

use super::*;

/// The first lines of a seat's stream that name this event, within a second.
async fn hears(
    stream: &mut (impl StreamExt<Item = Result<axum::body::Bytes, axum::Error>> + Unpin),
    event: &str,
) -> bool {
    let name = format!("event: {event}\n");
    let heard = async {
        while let Some(Ok(lines)) = stream.next().await {
            if String::from_utf8_lossy(&lines).contains(&name) {
                return true;
            }
        }
        false
    };
    tokio::time::timeout(Duration::from_secs(1), heard).await.unwrap_or(false)
}

async fn listen(seat: &Seat) -> axum::body::BodyDataStream {
    let mut request = seat.request("GET", "/events").body(Body::empty()).unwrap();
    request.headers_mut().insert(header::ACCEPT, "text/event-stream".parse().unwrap());
    let response = seat.call(request).await;
    assert_eq!(response.status(), StatusCode::OK);
    response.into_body().into_data_stream()
}

#[tokio::test(flavor = "multi_thread")]
async fn open_pages_are_told_within_a_second_and_strangers_are_not() {
    let world = world();
    let clerk = Seat::of(&world, CLERK);
    let stranger = Seat::at(&world, CLERK, &other_customer(&world));
    let (mut ours, mut theirs) = (listen(&clerk).await, listen(&stranger).await);
    clerk.record("12500", "Számlák").await;
    assert!(hears(&mut ours, "shared_area_changed").await);
    clerk.post("/messages/new", &[("subject", "Kérdés"), ("body", "Mikor?")]).await;
    assert!(hears(&mut ours, "messages_changed").await);
    assert!(!hears(&mut theirs, "shared_area_changed").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_end_of_a_session_is_told_and_ends_the_stream() {
    let world = world();
    let clerk = Seat::of(&world, CLERK);
    let mut stream = listen(&clerk).await;
    world.read(|db| error_points::set_locked(db, CLERK, true));
    world.bank.write(|db| crate::ground::changes::messages(db, &world.customer)).unwrap();
    assert!(hears(&mut stream, "session_ends").await);
    assert!(stream.next().await.is_none());
}
