// A plain grammY bot: long poll, reply, edit, buttons, files. API_ROOT and BOT_TOKEN come from the test.
import { Bot, InlineKeyboard, InputFile } from "grammy";

const root = process.env.API_ROOT;
const token = process.env.BOT_TOKEN;
const bot = new Bot(token, { client: { apiRoot: root } });

const asReply = (ctx) => ({ reply_parameters: { message_id: ctx.msg.message_id } });

bot.command("start", (ctx) => ctx.reply(`Hello, ${ctx.from.first_name}`, asReply(ctx)));

bot.on("message:document", async (ctx) => {
  const file = await ctx.getFile();
  const response = await fetch(`${root}/file/bot${token}/${file.file_path}`);
  const text = await response.text();
  await ctx.replyWithDocument(new InputFile(Buffer.from(text.toUpperCase()), "loud.txt"), {
    caption: `${text.length} characters`,
    ...asReply(ctx),
  });
});

bot.on("message:text", async (ctx) => {
  await ctx.replyWithChatAction("typing");
  const reply_markup = new InlineKeyboard().text("Cancel", `cancel:${ctx.msg.message_id}`);
  const sent = await ctx.reply("Working", { ...asReply(ctx), reply_markup });
  await ctx.api.editMessageText(ctx.chat.id, sent.message_id, `<b>Done</b>: ${ctx.msg.text.length}`, {
    parse_mode: "HTML",
    reply_markup,
  });
});

bot.callbackQuery(/^cancel:/, async (ctx) => {
  await ctx.answerCallbackQuery({ text: "Canceled" });
  await ctx.editMessageText("Canceled");
});

process.once("SIGTERM", () => bot.stop());

await bot.api.setMyCommands([{ command: "start", description: "Say hello" }]);
await bot.start({ onStart: (me) => console.log(`running as ${me.username}`) });
console.log("stopped");
