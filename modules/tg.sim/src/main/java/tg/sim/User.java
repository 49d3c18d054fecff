package tg.sim;

import com.eclipsesource.json.JsonObject;

/// A person. Immutable; a changed one replaces it.
///
/// @param lastName empty if there is none, as are `username` and `language`
/// @param deactivated whether the account was deleted
record User(
    long id,
    String firstName,
    String lastName,
    String username,
    String language,
    boolean deactivated)
    implements Sender {

  @Override
  public String name() {
    return lastName.isEmpty() ? firstName : firstName + " " + lastName;
  }

  User deactivate() {
    return new User(id, firstName, lastName, username, language, true);
  }

  @Override
  public JsonObject json() {
    JsonObject json = new JsonObject().add("id", id).add("is_bot", false);
    names(json);
    return language.isEmpty() ? json : json.add("language_code", language);
  }

  /// Adds the members that describe a person's name, which a private chat has too.
  void names(JsonObject json) {
    json.add("first_name", firstName);
    if (!lastName.isEmpty()) {
      json.add("last_name", lastName);
    }
    if (!username.isEmpty()) {
      json.add("username", username);
    }
  }
}
