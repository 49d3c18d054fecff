package tg.api;

/// Refusals that are successes in disguise: what the call wanted is so already, or nobody waits for
/// it any more.
final class Excuse {
  private Excuse() {}

  static boolean holds(Call<?> call, ApiError error) {
    return error instanceof ApiError.BadRequest(var code, var description)
        && code == 400
        && switch (call) {
          case Call.EditText _, Call.EditButtons _ ->
              description.contains("message is not modified");
          case Call.Delete _ -> description.contains("message to delete not found");
          case Call.AnswerCallback _ ->
              description.contains("query is too old")
                  || description.contains("query ID is invalid");
          case Call.GetMe _,
              Call.SendMessage _,
              Call.ChatAction _,
              Call.Draft _,
              Call.SendDocument _,
              Call.SendPhoto _,
              Call.GetFile _,
              Call.SetCommands _,
              Call.IsAdmin _,
              Call.React _,
              Call.DeleteWebhook _,
              Call.SetWebhook _,
              Call.WebhookInfo _ ->
              false;
        };
  }
}
