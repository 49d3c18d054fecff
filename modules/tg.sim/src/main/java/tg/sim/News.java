package tg.sim;

import com.eclipsesource.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An update before it is queued. Immutable.
///
/// @param kind the member of the Update that holds the body
/// @param expires when it is forgotten if nobody asked
/// @param lane the chat or user whose updates keep their order
/// @param about the message of a user that it tells of
record News(String kind, JsonObject body, Instant expires, String lane, @Nullable Message about) {}
