package tg.api;

/// A person or a bot. Immutable.
///
/// @param id positive
/// @param bot whether it is a bot
/// @param name first and last name
/// @param username without the @; may be empty
/// @param language IETF tag of the app's language; may be empty
public record User(long id, boolean bot, String name, String username, String language) {}
