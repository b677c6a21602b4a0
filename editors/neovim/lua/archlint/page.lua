--- The checklist as lines of text. Nothing here knows the editor's state.
local M = {}

--- How a question stands: what is written for it, and the group that colours it.
local STATES = {
  answered = { mark = '✔', word = 'answered', highlight = 'ArchlintAnswered' },
  touched = { mark = '◐', word = 'touched', highlight = 'ArchlintTouched' },
  absent = { mark = '○', word = 'open', highlight = 'ArchlintOpen' },
  waived = { mark = '⊘', word = 'waived', highlight = 'ArchlintWaived' },
}

--- Passages that are shown for one question.
local SHOWN = 3

---@class archlint.Passage
---@field start_line integer from 1
---@field end_line integer
---@field quote string
---@field reason string

---@class archlint.Question
---@field id string
---@field group string
---@field title string
---@field question string
---@field status 'absent'|'touched'|'answered'|'waived'
---@field asked boolean
---@field reasons archlint.Passage[] what raises it
---@field evidence archlint.Passage[] what answers or touches it
---@field waiver? string

---@class archlint.Checklist a document of `archlint checklist --format json`
---@field path string
---@field kind string
---@field kind_reason string
---@field skipped? string
---@field questions archlint.Question[]

---@class archlint.Page
---@field lines string[]
---@field targets table<integer, archlint.Passage> by line, from 1: where a jump from there goes
---@field highlights { line: integer, from: integer, to: integer, group: string }[] line from 1, bytes from 0

---@param checklist archlint.Checklist
---@return archlint.Page
function M.render(checklist)
  local page = { lines = {}, targets = {}, highlights = {} }

  local function add(text, target, group, from)
    text = text:gsub('%s+$', ''):gsub('[\r\n]+', ' ')
    table.insert(page.lines, text)
    page.targets[#page.lines] = target
    if group then
      table.insert(page.highlights, { line = #page.lines, from = from or 0, to = #text, group = group })
    end
  end

  add('Review of ' .. checklist.path, nil, 'Title')
  if checklist.skipped then
    add('Not reviewed: ' .. checklist.skipped)
    return page
  end
  add(('Read as %s: %s'):format(checklist.kind, checklist.kind_reason))
  local asked = vim.tbl_filter(function(question) return question.asked end, checklist.questions)
  local settled = vim.tbl_filter(function(question)
    return question.status == 'answered' or question.status == 'waived'
  end, asked)
  add(('%d of %d asked questions answered'):format(#settled, #asked))

  local function passage(one, why)
    local where = one.start_line == one.end_line and 'line ' .. one.start_line
      or ('lines %d–%d'):format(one.start_line, one.end_line)
    add(('      %s: %s'):format(where, one.quote), one)
    add(('        %s%s'):format(why, one.reason), one, 'Comment')
  end

  local function question(one)
    local state = STATES[one.status]
    local shown = vim.list_slice(one.evidence, 1, SHOWN)
    local raised = #shown == 0 and one.status == 'absent' and one.reasons[1] or nil
    add(('  %s %s · %s'):format(state.mark, one.title, state.word), shown[1] or raised, state.highlight)
    if one.status ~= 'answered' then add('      ' .. one.question) end
    if one.waiver then add('      waived: ' .. one.waiver, nil, 'Comment') end
    for _, evidence in ipairs(shown) do
      passage(evidence, '')
    end
    if raised then passage(raised, 'asked because it ') end
  end

  local groups, names = {}, {}
  for _, one in ipairs(asked) do
    local name = one.group ~= '' and one.group or 'Other questions'
    if not groups[name] then
      groups[name] = {}
      table.insert(names, name)
    end
    table.insert(groups[name], one)
  end
  for _, name in ipairs(names) do
    add('')
    add(name, nil, 'Title')
    vim.tbl_map(question, groups[name])
  end

  if #asked < #checklist.questions then
    add('')
    add(('Not asked of this document (%d)'):format(#checklist.questions - #asked), nil, 'Title')
    for _, one in ipairs(checklist.questions) do
      if not one.asked then
        local state = one.status == 'absent' and '' or ' · ' .. STATES[one.status].word
        add(('    %s%s'):format(one.title, state), one.evidence[1], 'Comment')
      end
    end
  end
  return page
end

return M
