-- What an author sees in Neovim. Run by run.sh.
package.path = './?.lua;' .. package.path
local Editor = require('editor')

local plugin, programs = vim.env.ARCHLINT_PLUGIN, vim.env.ARCHLINT_BIN
local SYSTEM = ':/usr/bin:/bin'
local SECURITY = 'security/secure-design'
local DIAGRAM = 'system-design/architecture-overview'
local here = vim.fn.getcwd()
local passed, failed = 0, 0

--- A copy of the documents, and their folder.
local function documents()
  local folder = vim.fn.tempname()
  assert(vim.system({ 'cp', '-r', here .. '/fixtures', folder }):wait().code == 0)
  return vim.uv.fs_realpath(folder)
end

local function say(text) io.stdout:write(text, '\n') end

--- Runs a test in a fresh editor, over a fresh copy of the documents.
local function test(name, run, setup)
  setup = vim.tbl_extend('keep', setup or {}, { plugin = plugin, path = programs .. SYSTEM })
  local folder = documents()
  if setup.prepare then setup.prepare(folder) end
  local editor = Editor.start(folder, setup)
  local ok, err = xpcall(run, debug.traceback, editor, folder)
  editor:stop()
  if ok then
    passed = passed + 1
    say('ok    ' .. name)
  else
    failed = failed + 1
    say(('FAIL  %s\n%s%s'):format(name, err, table.concat(editor.errors, '\n')))
  end
end

local function equal(found, expected, what)
  if not vim.deep_equal(found, expected) then
    error(('%s: expected %s, found %s'):format(what or 'value', vim.inspect(expected), vim.inspect(found)), 2)
  end
end

local function contains(text, part)
  if not text:find(part, 1, true) then error(('no “%s” in:\n%s'):format(part, text), 2) end
end

--- The number of the first line that holds `part`.
local function line_with(editor, part)
  for number, line in ipairs(editor:lines()) do
    if line:find(part, 1, true) then return number end
  end
  error(('no line with “%s” in:\n%s'):format(part, table.concat(editor:lines(), '\n')), 2)
end

local function open(editor)
  editor:command('edit docs/tickets.md')
  return editor:await_finding(SECURITY)
end

--- The text under each finding, by rule.
local function texts(editor)
  return editor:lua([[
    local texts = {}
    for _, found in ipairs(vim.diagnostic.get(0)) do
      texts[found.code] = vim.api.nvim_buf_get_text(0, found.lnum, found.col, found.end_lnum, found.end_col, {})
    end
    return texts
  ]])
end

local ANSWER = 'An attacker who takes over the shop could reserve seats for others. The seat service therefore '
  .. 'checks a signed token of the buyer, runs with its own database account that may only write reservations, '
  .. 'and the trust boundary between shop and service is crossed over mutual TLS only.'

test('findings appear on opening, where the question comes up', function(editor)
  local found = open(editor)
  equal(editor:lines()[found.line], '## Security', 'the line of the finding')
  equal({ found.column, found.end_column }, { 0, #'## Security' }, 'its columns')
  contains(found.message, 'security')
  equal(editor:lua('return #vim.lsp.get_clients({ bufnr = 0, name = "archlint" })'), 1, 'clients')
end)

test('findings change on typing', function(editor)
  open(editor)
  editor:type('/TBD<CR>S' .. ANSWER)
  editor:await_gone(SECURITY)
  editor:type('<Esc>STBD<Esc>')
  editor:await_finding(SECURITY)
end)

test('the code-action menu inserts a section with the cursor on what is to be written', function(editor)
  local found = open(editor)
  local before = editor:lines()
  editor:act(found, 'Insert section')
  editor:await('the selection of a placeholder', "return vim.fn.mode() == 's'")
  local row, column = editor:cursor()
  local line = editor:lines()[row]
  assert(line:sub(column + 1, column + 1) == '<', ('the cursor stands on “%s” of: %s'):format(line:sub(column + 1), line))
  assert(#editor:lines() > #before, 'lines came in')
  -- Nothing is indented, and the section stands apart from what is before it.
  local heading = row
  while not vim.startswith(editor:lines()[heading], '## ') do heading = heading - 1 end
  equal(editor:lines()[heading - 1], '', 'the line before the heading')
  editor:type('seats and payments')
  contains(editor:lines()[row], 'seats and payments')
  editor:type('<Tab>through the shop')
  contains(editor:lines()[row + 1], 'through the shop')
  editor:type('<Esc>')
  editor:lua([[
    local row, answer = ...
    vim.api.nvim_buf_set_lines(0, row, vim.api.nvim_buf_line_count(0), false, { '', answer })
  ]], row, ANSWER)
  editor:await_gone(SECURITY)
  for _ = 1, 6 do editor:type('u') end
  equal(editor:lines(), before, 'the text after undoing')
  editor:await_finding(SECURITY)
end)

test('a section that says nothing yet is filled', function(editor)
  local found = open(editor)
  editor:act(found, 'Insert section')
  editor:await('the selection of a placeholder', "return vim.fn.mode() == 's'")
  local heading = line_with(editor, '## Security')
  equal(editor:lines()[heading + 1], '', 'the line behind the heading')
  assert(vim.startswith(editor:lines()[heading + 2], '- '), editor:lines()[heading + 2])
  equal(#vim.tbl_filter(function(line) return vim.startswith(line, '## Security') end, editor:lines()), 1, 'headings')
end)

test('a section behind an indented line is not indented', function(editor)
  editor:command('edit docs/tickets.md')
  -- Wherever the section goes, it goes behind such a line.
  editor:lua([[
    local lines = {}
    for at, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
      if at > 3 and vim.startswith(line, '## ') then vim.list_extend(lines, { '- one', '  - two', '' }) end
      table.insert(lines, line)
    end
    vim.api.nvim_buf_set_lines(0, 0, -1, false, vim.list_extend(lines, { '', '- one', '  - two' }))
  ]])
  editor:act(editor:await_finding(DIAGRAM), 'Insert section')
  editor:await('the selection of a placeholder', "return vim.fn.mode() == 's'")
  local heading = editor:cursor()
  while not vim.startswith(editor:lines()[heading], '## ') do heading = heading - 1 end
  equal(vim.list_slice(editor:lines(), heading - 2, heading - 1), { '  - two', '' }, 'the lines before it')
  -- The first lines of the section; inside its diagram, lines are indented on purpose.
  for at = heading, heading + 2 do
    assert(not editor:lines()[at]:find('^%s+%S'), 'indented: ' .. editor:lines()[at])
  end
end)

local function waives(editor)
  local found = open(editor)
  editor:act(found, 'Waive ' .. SECURITY .. ' in this document')
  editor:await('the selection of the reason', "return vim.fn.mode() == 's'")
  local row, column = editor:cursor()
  local line = editor:lines()[row]
  local start = line:find(': ', 1, true) + 1
  equal(column, line:find(': ', start, true) + 1, 'the column of the reason in “' .. line .. '”')
  editor:type('only staff can reach it')
  equal(editor:lines()[row], '<!-- archlint: waive ' .. SECURITY .. ': only staff can reach it -->')
  equal({ editor:lines()[row - 1], editor:lines()[row + 1] }, { '', '' }, 'the lines around')
  editor:await_gone(SECURITY)
end

test('a waiver is written with the cursor on its reason', waives)

test('so it is when the server is not told that this is understood', waives, {
  config = [[vim.api.nvim_create_autocmd('VimEnter', { callback = function()
    vim.lsp.config('archlint', { capabilities = { workspace = { workspaceEdit = { snippetEditSupport = false } } } })
  end })]],
})

test('an edit of a text that has changed meanwhile is refused', function(editor)
  open(editor)
  local before = editor:lines()
  editor:lua([[
    local uri = vim.uri_from_bufnr(0)
    local edit = { range = { start = { line = 0, character = 0 }, ['end'] = { line = 0, character = 0 } },
      snippet = { kind = 'snippet', value = '${1:x}' } }
    require('archlint.snippets').apply(
      { documentChanges = { { textDocument = { uri = uri, version = -1 }, edits = { edit } } } },
      { client_id = vim.lsp.get_clients({ name = 'archlint' })[1].id })
  ]])
  equal(editor:lines(), before)
  contains(editor:messages(), 'has changed meanwhile')
end)

test('the checklist opens in a split and leads to the evidence', function(editor)
  open(editor)
  editor:command('Archlint checklist')
  editor:await('the checklist', "return vim.bo.filetype == 'archlint-checklist' and vim.fn.line('$') > 5")
  equal(editor:lua('return #vim.api.nvim_tabpage_list_wins(0)'), 2, 'windows')
  contains(editor:lines()[1], 'tickets.md')
  assert(editor:lines()[3]:match('^%d+ of %d+ asked questions answered$'), editor:lines()[3])
  local row = line_with(editor, 'A dashboard shows reservations')
  local number = tonumber(editor:lines()[row]:match('line (%d+)'))
  editor:lua('vim.api.nvim_win_set_cursor(0, { ..., 0 })', row)
  editor:type('<CR>')
  equal(editor:lua("return vim.fn.expand('%:t')"), 'tickets.md', 'the buffer after the jump')
  equal(editor:cursor(), number, 'the line after the jump')
  contains(editor:lines()[number], 'A dashboard shows reservations')
  -- Back by the list of jumps, and there again from the question itself.
  editor:type('gg<C-o>')
  editor:command('wincmd w')
  editor:lua('vim.api.nvim_win_set_cursor(0, { ..., 0 })', line_with(editor, 'Security considerations'))
  editor:type('<CR>')
  contains(editor:lines()[editor:cursor()], 'Security')
end)

test('a jump finds the document also when its window shows another', function(editor)
  open(editor)
  editor:command('vertical Archlint checklist')
  editor:await('the checklist', "return vim.bo.filetype == 'archlint-checklist' and vim.fn.line('$') > 5")
  equal(editor:lua('return vim.fn.winlayout()[1]'), 'row', 'the layout')
  editor:command('wincmd p | set hidden | enew | wincmd p')
  editor:lua('vim.api.nvim_win_set_cursor(0, { ..., 0 })', line_with(editor, 'A dashboard shows'))
  editor:type('<CR>')
  equal(editor:lua("return vim.fn.expand('%:t')"), 'tickets.md')
  editor:command('wincmd p | only')
  editor:lua('vim.api.nvim_win_set_cursor(0, { ..., 0 })', line_with(editor, 'A dashboard shows'))
  editor:type('<CR>')
  equal(editor:lua("return vim.fn.expand('%:t')"), 'tickets.md', 'from a checklist that stands alone')
  equal(editor:lua('return #vim.api.nvim_tabpage_list_wins(0)'), 2, 'windows')
end)

test('the checklist follows the document, and closes', function(editor)
  open(editor)
  editor:command('Archlint checklist')
  editor:await('the checklist', "return vim.bo.filetype == 'archlint-checklist' and vim.fn.line('$') > 5")
  local row = line_with(editor, 'Security considerations')
  contains(editor:lines()[row], 'open')
  editor:command('wincmd w')
  editor:type('/TBD<CR>S' .. ANSWER .. '<Esc>')
  editor:command('wincmd w')
  editor:await('the new state', [[
    return vim.iter(vim.api.nvim_buf_get_lines(0, 0, -1, false)):any(function(line)
      return line:find('Security considerations · answered', 1, true) ~= nil
    end)
  ]])
  editor:type('q')
  equal(editor:lua('return #vim.api.nvim_tabpage_list_wins(0)'), 1, 'windows')
  equal(editor:lua("return vim.fn.expand('%:t')"), 'tickets.md')
  editor:command('Archlint checklist')
  editor:await('the checklist again', "return vim.bo.filetype == 'archlint-checklist' and vim.fn.line('$') > 5")
end)

test('a document that is not reviewed says why in its checklist', function(editor, folder)
  vim.fn.writefile({ '# Cooking', '', 'Boil water.' }, folder .. '/README.md')
  editor:command('edit README.md')
  editor:await('the server', 'return #vim.lsp.get_clients({ bufnr = 0, name = "archlint" }) > 0 and vim.lsp.get_clients()[1].initialized')
  editor:command('Archlint checklist')
  editor:await('the reason', "return vim.fn.getline(2):find('^Not reviewed: ') ~= nil")
end)

test('the count over the title opens the checklist', function(editor)
  open(editor)
  local title = editor:await('the code lens', [[
    local lens = vim.lsp.codelens.get(0)[1]
    return lens and lens.command and lens.command.title
  ]])
  assert(title:match('^%d+ of %d+ asked questions answered'), title)
  editor:lua('vim.api.nvim_win_set_cursor(0, { 1, 0 }); vim.lsp.codelens.run()')
  editor:await('the checklist', "return vim.bo.filetype == 'archlint-checklist' and vim.fn.line('$') > 5")
end)

test('the count can be switched off', function(editor)
  open(editor)
  vim.wait(500)
  equal(editor:lua('return vim.lsp.codelens.get(0)'), {})
end, {
  config = [[vim.lsp.config('archlint', {
    on_init = function(client) client.server_capabilities.codeLensProvider = nil end,
  })]],
})

test('a rule is explained beside the cursor', function(editor)
  local found = open(editor)
  editor:act(found, 'Explain ' .. SECURITY)
  local text = editor:await('the explanation', [[
    for _, window in ipairs(vim.api.nvim_list_wins()) do
      if vim.api.nvim_win_get_config(window).relative ~= '' then
        return table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false), '\n')
      end
    end
  ]])
  contains(text, SECURITY)
  contains(text, 'counts as an answer')
end)

local function health(editor)
  editor:command('checkhealth archlint')
  return table.concat(editor:lines(), '\n')
end

test('checkhealth finds all in order', function(editor)
  open(editor)
  local text = health(editor)
  contains(text, 'OK archlint ')
  contains(text, 'OK reviews 1 document in ')
  contains(text, 'OK no mistake is known')
  assert(not text:find('ERROR') and not text:find('WARN'), text)
end)

test('without the program it stays quiet until asked, and says what to do', function(editor)
  editor:command('edit docs/tickets.md')
  vim.wait(300)
  equal(vim.trim(editor:messages():gsub('"docs/tickets.md"[^\n]*', '')), '', 'messages')
  editor:command('Archlint checklist')
  contains(editor:messages(), 'there is no program `archlint`')
  contains(health(editor), 'ERROR there is no program `archlint`')
  contains(health(editor), 'cargo install')
end, { path = SYSTEM:sub(2) })

test('what cannot be done is said', function(editor)
  editor:command('enew')
  editor:command('Archlint checklist')
  contains(editor:messages(), 'file type “”, not markdown')
  pcall(editor.command, editor, 'Archlint polish')
  contains(editor:messages(), 'no command “polish”')
  equal(editor:lua("return vim.fn.getcompletion('Archlint ch', 'cmdline')"), { 'checklist' })
end)

test('a broken archlint.toml is explained where it is broken', function(editor)
  open(editor)
  local wrong = { '# wrong', '[rules]', '"security/secure-design" = "loud"' }
  editor:command('split archlint.toml')
  editor:lua('vim.api.nvim_buf_set_lines(0, 0, -1, false, ...)', wrong)
  editor:command('write')
  local found = editor:await('the mistake', 'return vim.diagnostic.get(0)[1]')
  equal(found.lnum, 2, 'the line of the mistake')
  contains(found.message, 'loud')
  editor:await('the message', "return vim.fn.execute('messages'):find('archlint.toml', 1, true) ~= nil")
  contains(editor:messages(), 'loud')
  contains(health(editor), 'archlint.toml:3:')
  editor:command('edit archlint.toml')
  editor:lua('vim.api.nvim_buf_set_lines(0, 0, -1, false, ...)', { '[rules]', '"security/secure-design" = "off"' })
  editor:command('write')
  editor:await('its end', 'return #vim.diagnostic.get(0) == 0')
  editor:command('edit docs/tickets.md')
  editor:await_gone(SECURITY)
end)

--- Writes the document with CRLF, and emoji and other signs of several bytes before the findings.
local function with_emoji(folder)
  local file = folder .. '/docs/tickets.md'
  local text = table.concat(vim.fn.readfile(file), '\n') .. '\n'
  text = text:gsub('The shop calls', 'The shop 🎟️👩‍💻 naïvely calls'):gsub('\n', '\r\n')
  local out = assert(io.open(file, 'wb'))
  out:write(text)
  out:close()
end

local function bytes(file)
  local from = assert(io.open(file, 'rb'))
  local text = from:read('*a')
  from:close()
  return text
end

-- What `with_emoji` and the typing put in.
local function without_emoji(found)
  for _, lines in pairs(found) do
    for at, line in ipairs(lines) do
      lines[at] = (line:gsub('🎟️👩‍💻 🏟️ é naïvely ', ''):gsub('🎟️👩‍💻 naïvely ', ''))
    end
  end
  return found
end

local plain_texts
test('findings in plain text cover whole words', function(editor)
  open(editor)
  editor:await('all findings', 'return #vim.diagnostic.get(0) >= 3')
  plain_texts = texts(editor)
  for rule, lines in pairs(plain_texts) do
    local text = table.concat(lines, '\n')
    assert(text:match('^%S.*%S$'), ('%s: “%s”'):format(rule, text))
  end
end)

for _, encoding in ipairs({ 'utf-8', 'utf-16', 'utf-32' }) do
  test('positions are right with CRLF and emoji in ' .. encoding, function(editor, folder)
    local found = open(editor)
    equal(editor:lua('return vim.lsp.get_clients({ name = "archlint" })[1].offset_encoding'), encoding)
    equal(editor:lua('return vim.bo.fileformat'), 'dos')
    editor:await('all findings', 'return #vim.diagnostic.get(0) >= 3')
    equal(without_emoji(texts(editor)), plain_texts, 'the texts under the findings')
    -- Typing behind an emoji, in the middle of the line.
    editor:type('/naïvely<CR>i🏟️ é <Esc>')
    editor:await('the text at the server', [[
      local client = vim.lsp.get_clients({ name = 'archlint' })[1]
      local answer = client:request_sync('archlint/checklist', { textDocument = { uri = vim.uri_from_bufnr(0) } }, 5000)
      return vim.inspect(answer.result):find('🎟️👩‍💻 🏟️ é naïvely calls', 1, true) ~= nil
    ]])
    vim.wait(300)
    equal(without_emoji(texts(editor)), plain_texts, 'the texts under the findings after typing')
    editor:act(found, 'Waive ' .. SECURITY .. ' in this document')
    editor:await('the selection of the reason', "return vim.fn.mode() == 's'")
    editor:type('nur für 👩‍💻 im Stadion<Esc>')
    editor:await_gone(SECURITY)
    editor:act(editor:findings()[1], 'Insert section')
    editor:await('the selection of a placeholder', "return vim.fn.mode() == 's'")
    editor:type('ja 🏟️<Esc>')
    editor:command('write')
    local text = bytes(folder .. '/docs/tickets.md')
    contains(text, 'waive ' .. SECURITY .. ': nur für 👩‍💻 im Stadion -->\r\n\r\n')
    contains(text, 'ja 🏟️')
    assert(not text:gsub('\r\n', ''):find('[\r\n]'), 'all lines end in CRLF')
  end, {
    prepare = with_emoji,
    config = ([[vim.lsp.config('archlint', { capabilities = { general = { positionEncodings = { '%s' } } } })]]):format(encoding),
  })
end

test('the one file works alone', function(editor)
  local found = open(editor)
  editor:act(found, 'Waive ' .. SECURITY .. ' in this document')
  line_with(editor, 'waive ' .. SECURITY .. ': <why it does not apply> -->')
  equal(editor:lua("return vim.fn.exists(':Archlint')"), 0, 'the command of the plugin')
end, {
  plugin = false,
  files = { [plugin .. '/lsp/archlint.lua'] = 'config/nvim/lsp/archlint.lua' },
  config = "vim.lsp.enable('archlint')",
})

test('it works from the sub-folder of the repository', function(editor)
  open(editor)
  equal(editor:lua("return vim.fn.exists(':Archlint')"), 2)
end, {
  plugin = false,
  config = ("vim.opt.runtimepath:append('%s'); vim.cmd.runtime('plugin/archlint.lua')"):format(plugin),
})

test('settings reach the server', function(editor)
  editor:command('edit docs/tickets.md')
  editor:await('the review', [[
    local client = vim.lsp.get_clients({ name = 'archlint' })[1]
    return client.initialized
      and client:request_sync('archlint/checklist', { textDocument = { uri = vim.uri_from_bufnr(0) } }, 5000).result
  ]])
  vim.wait(500)
  equal(editor:findings(), {}, 'findings of a confidence that none has')
end, { config = "vim.lsp.config('archlint', { settings = { archlint = { confidence = 1.0 } } })" })

test('a file without a project is reviewed', function(editor, folder)
  local alone = vim.fn.tempname()
  vim.fn.mkdir(alone, 'p')
  assert(vim.uv.fs_copyfile(folder .. '/docs/tickets.md', alone .. '/design.md'))
  editor:command('edit ' .. alone .. '/design.md')
  editor:await_finding(SECURITY)
  contains(health(editor), 'no folder')
end)

test('the help is there', function(editor)
  editor:command('helptags ALL')
  for _, tag in ipairs({ 'archlint', ':Archlint', 'archlint-checklist', 'archlint-settings' }) do
    editor:command('help ' .. tag)
    contains(editor:lua("return vim.fn.expand('%:t')"), 'archlint.txt')
  end
  local wide = vim.tbl_filter(function(line) return vim.fn.strdisplaywidth(line) > 78 end, editor:lines())
  equal(wide, {}, 'lines that are too wide')
end)

say(('%d passed, %d failed'):format(passed, failed))
os.exit(failed == 0 and 0 or 1)
