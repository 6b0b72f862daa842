// Loaded into a server before its own code: it ends when the process that started it is gone, however that ended.

process.channel?.unref(); // the channel alone keeps nothing running
process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));
