-- The language server of archlint. This file works alone, too: copy it to `lsp/archlint.lua` in the
-- folder of your init.lua and call `vim.lsp.enable('archlint')` there.

---@type vim.lsp.Config
return {
  cmd = { 'archlint', 'lsp' },
  filetypes = { 'markdown' },
  root_markers = { 'archlint.toml', '.git' },
  -- Neovim 0.11 does not ask for findings again when told that they are outdated, as they are after
  -- a change of archlint.toml. Without this ability it is sent them.
  before_init = function(params) params.capabilities.textDocument.diagnostic = nil end,
}
