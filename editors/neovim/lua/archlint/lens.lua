--- The count of answers over the title, kept up to date.
local M = {}

---@param bufnr integer
---@param group integer group of the automatic commands
function M.show(bufnr, group)
  local client = require('archlint.client').of(bufnr)
  if not client or not client:supports_method('textDocument/codeLens') then return end
  if vim.lsp.codelens.enable then -- Neovim 0.12 does the rest itself
    vim.lsp.codelens.enable(true, { bufnr = bufnr })
    return
  end
  vim.lsp.codelens.refresh({ bufnr = bufnr })
  vim.api.nvim_clear_autocmds({ group = group, event = { 'InsertLeave', 'TextChanged' }, buffer = bufnr })
  vim.api.nvim_create_autocmd({ 'InsertLeave', 'TextChanged' }, {
    group = group,
    buffer = bufnr,
    desc = 'Count the answered questions again',
    callback = function() vim.lsp.codelens.refresh({ bufnr = bufnr }) end,
  })
end

return M
