--- Edits with a place for the cursor: Neovim 0.11 knows snippets in completion only, so code
--- actions that hold one are turned into a command of this client before anybody sees them.
local M = {}

local followed = {} ---@type table<integer, true> ids of clients

--- Has the code actions of a client put the cursor where there is something to write.
---@param client vim.lsp.Client
function M.follow(client)
  if followed[client.id] then return end
  followed[client.id] = true
  local request = client.rpc.request
  client.rpc.request = function(method, params, callback, ...)
    if method == 'textDocument/codeAction' then
      local answer = callback
      callback = function(err, actions)
        answer(err, type(actions) == 'table' and vim.tbl_map(M.as_command, actions) or actions)
      end
    end
    return request(method, params, callback, ...)
  end
end

--- The text as a snippet in which every `<placeholder>` is a place to stop at; nil without one.
---@param text string
---@return string?
function M.with_stops(text)
  local number = 0
  local snippet = text:gsub('[\\$}]', '\\%0'):gsub('<%a[^<>\n]*>', function(placeholder)
    number = number + 1
    return ('${%d:%s}'):format(number, placeholder)
  end)
  return number > 0 and snippet or nil
end

--- The first edit with a place for the cursor: as the server marks it, or, from a server that was
--- not told that this is understood, where the text has a placeholder.
local function find(edit)
  local files = {}
  for uri, edits in pairs(edit.changes or {}) do
    table.insert(files, { textDocument = { uri = uri }, edits = edits })
  end
  for _, file in ipairs(edit.documentChanges or files) do
    for index, one in ipairs(file.edits or {}) do
      local snippet = one.snippet and one.snippet.value or M.with_stops(one.newText)
      if snippet then return file, index, snippet end
    end
  end
end

--- The same action, with an edit that holds a snippet handed to `M.apply`.
---@param action lsp.CodeAction
function M.as_command(action)
  if not action.edit or action.command or not find(action.edit) then return action end
  local copy = vim.deepcopy(action)
  copy.edit = nil
  copy.command = { title = action.title, command = 'archlint.applySnippets', arguments = { action.edit } }
  return copy
end

--- Applies a workspace edit and goes to its first place.
---@param edit lsp.WorkspaceEdit
---@param context { client_id: integer }
function M.apply(edit, context)
  local client = assert(vim.lsp.get_client_by_id(context.client_id))
  edit = vim.deepcopy(edit)
  local file, index, snippet = find(edit)
  local bufnr = vim.uri_to_bufnr(file.textDocument.uri)
  local version = file.textDocument.version
  if type(version) == 'number' and version < (vim.lsp.util.buf_versions[bufnr] or 0) then
    require('archlint.client').complain('the document has changed meanwhile; ask for the action again')
    return
  end
  local place = file.edits[index]
  -- The empty lines around go in exactly as they are: the expansion of a snippet would indent them
  -- like the line before. A buffer has its line endings apart from its text.
  local before, body, after = snippet:gsub('\r\n', '\n'):match('^(\n*)(.-)(\n*)$')
  file.edits[index] = { range = place.range, newText = before .. after }
  if vim.api.nvim_get_current_buf() ~= bufnr then
    vim.lsp.util.show_document({ uri = file.textDocument.uri }, client.offset_encoding, { focus = true })
  end
  local start = place.range.start
  local line = vim.api.nvim_buf_get_lines(bufnr, start.line, start.line + 1, false)[1] or ''
  local column = vim.str_byteindex(line, client.offset_encoding, start.character, false)
  local namespace = vim.api.nvim_create_namespace('archlint')
  local rows = vim.api.nvim_buf_line_count(bufnr)
  local mark = start.line < rows
    and vim.api.nvim_buf_set_extmark(bufnr, namespace, start.line, column, { right_gravity = false })
  vim.lsp.util.apply_workspace_edit(edit, client.offset_encoding)
  local row = rows
  if mark then
    row, column = unpack(vim.api.nvim_buf_get_extmark_by_id(bufnr, namespace, mark, {}))
    vim.api.nvim_buf_del_extmark(bufnr, namespace, mark)
  end
  row = row + #before
  vim.api.nvim_win_set_cursor(0, { row + 1, #before > 0 and 0 or column })
  vim.snippet.expand(body)
end

return M
