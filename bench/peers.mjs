// Plain JavaScript on purpose: the peers are installed for the bench alone, so other machines do not have their types.

/**
 * `ai` with a fallback helper, streaming the same answer from the same server. `null` when the peers are not installed.
 * @param {Record<string, string>} env
 * @returns {Promise<((model: string, prompt: string) => Promise<string>) | null>}
 */
export async function aiWithFallback(env) {
  try {
    const [{ streamText }, { createOpenAI }, { createFallback }] = await Promise.all([
      import("ai"),
      import("@ai-sdk/openai"),
      import("ai-fallback"),
    ]);
    const openai = createOpenAI({ apiKey: "sandbox", baseURL: env.OPENAI_BASE_URL });
    return async (model, prompt) => {
      const fallback = createFallback({ models: [openai.chat(model), openai.chat("gpt-6.2-sol")] });
      const result = streamText({ model: fallback, prompt, maxOutputTokens: 4096, maxRetries: 0 });
      return await result.text;
    };
  } catch (error) {
    if (error?.code === "ERR_MODULE_NOT_FOUND") return null;
    throw error;
  }
}
