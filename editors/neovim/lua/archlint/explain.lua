--- What a rule asks and what counts as an answer, beside the cursor.
local M = {}

---@param command lsp.Command
---@param context { client_id: integer, bufnr: integer }
function M.show(command, context)
  local client = assert(vim.lsp.get_client_by_id(context.client_id))
  local params = { command = command.command, arguments = command.arguments }
  client:request('workspace/executeCommand', params, function(err, text)
    if err then
      require('archlint.client').complain(err.message)
    elseif type(text) == 'string' then
      vim.lsp.util.open_floating_preview(vim.split(text, '\n'), 'markdown', { focus_id = 'archlint.explain', wrap = true, max_width = 80 })
    end
  end, context.bufnr)
end

return M
