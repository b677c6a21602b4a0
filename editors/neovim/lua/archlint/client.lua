--- The running language server.
local M = {}

--- The client that reviews a buffer.
---@param bufnr integer
---@return vim.lsp.Client?
function M.of(bufnr)
  return vim.lsp.get_clients({ bufnr = bufnr, name = 'archlint' })[1]
end

--- Why no client reviews a buffer, for people.
---@param bufnr integer
---@return string
function M.why_none(bufnr)
  local config = vim.lsp.config.archlint
  local command = type(config.cmd) == 'table' and config.cmd[1] or nil
  if command and vim.fn.executable(command) == 0 then
    return ('there is no program `%s`; `:checkhealth archlint` says what to do'):format(command)
  end
  local types = config.filetypes or {}
  if not vim.tbl_contains(types, vim.bo[bufnr].filetype) then
    return ('this buffer has the file type “%s”, not %s'):format(vim.bo[bufnr].filetype, table.concat(types, ' or '))
  end
  return 'the language server does not run for this buffer; `:checkhealth archlint` says more'
end

--- Tells somebody what went wrong.
---@param text string
function M.complain(text)
  vim.notify('archlint: ' .. text, vim.log.levels.WARN)
end

return M
