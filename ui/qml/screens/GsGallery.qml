pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import "../theme"
import "../components"

// Every component that needs no controller, every icon, every size of type and every colour on one page, for those who
// build screens (`./dev shots gallery`). A component that is missing here fails tests/ui/test_gallery.py.
GsPage {
    id: page

    property list<string> icons: []

    title: "组件一览"
    subtitle: "每个零件在各种大小、大字版和高对比下都应当看得清、点得着。"
    step: 3
    steps: 7
    stepName: "填写信息"
    stepNext: "核对清单"
    primaryText: "下一步"
    extras: [
        GsButton {
            text: "打印"
            iconName: "printer"
        }
    ]

    Flow {
        Layout.fillWidth: true
        spacing: GsTheme.gap
        GsButton {
            kind: "primary"
            text: "主要按钮"
        }
        GsButton {
            text: "次要按钮"
            iconName: "scan"
        }
        GsButton {
            kind: "quiet"
            text: "安静按钮"
        }
        GsButton {
            kind: "danger"
            text: "删除"
            iconName: "trash"
        }
        GsButton {
            text: "不可用"
            enabled: false
        }
    }
    Flow {
        Layout.fillWidth: true
        spacing: GsTheme.gap
        GsTag {
            text: "齐了"
            mood: "good"
            iconName: "circle-check"
        }
        GsTag {
            text: "可以后补"
            mood: "warn"
            iconName: "clock"
        }
        GsTag {
            text: "还缺"
            mood: "bad"
            iconName: "alert-circle"
        }
        GsTag {
            text: "演示数据"
            mood: "info"
        }
        GsTag {
            text: "不需要"
        }
    }
    GsBanner {
        Layout.fillWidth: true
        text: "没有读到身份证。"
        action: "请把身份证平放在读卡区，不要移动，等听到“嘀”一声。"
        mood: "warn"
    }
    GridLayout {
        Layout.fillWidth: true
        columns: GsTheme.portrait ? 1 : 2
        uniformCellWidths: true
        columnSpacing: GsTheme.gap
        rowSpacing: GsTheme.gap
        GsChoice {
            Layout.fillWidth: true
            text: "给我自己办"
            note: "用您自己的身份证"
            iconName: "user"
            chosen: true
        }
        GsChoice {
            Layout.fillWidth: true
            text: "替家人办"
            note: "例如给父母、配偶、孩子办"
            iconName: "users"
        }
        GsField {
            Layout.fillWidth: true
            label: "联系电话"
            text: "13800000000"
            help: "办理结果会通知到这个号码。"
            pad: "number"
        }
        GsField {
            Layout.fillWidth: true
            label: "银行卡号"
            text: "6222"
            mistake: "卡号应当是 16 到 19 位数字。"
            pad: "number"
        }
    }
    GsMasked {
        Layout.fillWidth: true
        hidden: "000***********0021"
        full: "000000194001010021"
    }
    GsCard {
        Layout.fillWidth: true
        raised: true
        GsText {
            text: "标题 Heading"
            role: "lead"
            strong: true
        }
        GsText {
            Layout.fillWidth: true
            text: "正文。办理这件事需要带身份证和户口簿，当场扫描，不收原件。"
        }
        GsText {
            Layout.fillWidth: true
            text: "说明文字：材料只用于这次办理。"
            role: "small"
            soft: true
        }
    }
    GsText {
        text: "字号"
        role: "title"
    }
    GsCard {
        Layout.fillWidth: true
        Repeater {
            model: ["caption", "small", "body", "lead", "title", "headline", "display"]
            GsText {
                required property string modelData
                Layout.fillWidth: true
                text: modelData + " 近办 Jinban " + GsWords.hotline
                role: modelData
            }
        }
    }
    GsText {
        text: "颜色"
        role: "title"
    }
    Flow {
        Layout.fillWidth: true
        spacing: GsTheme.gapSmall
        Repeater {
            model: [["text", "page"], ["textSoft", "surface"], ["textSoft", "sunken"], ["accentLabel", "accent"], ["accentInk", "accentSoft"], ["good", "goodSoft"], ["warn", "warnSoft"], ["bad", "badSoft"], ["info", "infoSoft"]]
            Rectangle {
                id: swatch
                required property var modelData
                implicitWidth: swatchWords.implicitWidth + 2 * GsTheme.gap
                implicitHeight: GsTheme.target
                radius: GsTheme.radius
                color: GsTheme.colour[modelData[1]]
                border.width: 1
                border.color: GsTheme.colour.line
                GsText {
                    id: swatchWords
                    anchors.centerIn: parent
                    text: swatch.modelData.join(" / ")
                    role: "small"
                    color: GsTheme.colour[swatch.modelData[0]]
                }
            }
        }
    }
    GsText {
        text: "说明与状态"
        role: "title"
    }
    GsStepHeader {
        Layout.fillWidth: true
        current: 2
        total: 5
        name: "填写信息"
        next: "核对清单"
    }
    GridLayout {
        Layout.fillWidth: true
        columns: GsTheme.portrait ? 2 : 4
        uniformCellWidths: true
        GsMark {}
        GsFact {
            Layout.fillWidth: true
            label: "多久办好"
            value: "20 个工作日"
            iconName: "clock"
        }
        GsButton {
            id: framed
            text: "按键选到的"
            GsFrame {
                target: framed
            }
        }
        GsWaiting {
            Layout.fillWidth: true
            text: "正在扫描"
        }
        GsCardPicture {
            Layout.preferredWidth: GsTheme.px(300)
            Layout.preferredHeight: GsTheme.px(160)
            phase: "waiting"
        }
    }
    GsLine {
        Layout.fillWidth: true
        label: "姓名"
        full: "演示·张秀英"
        hidden: "演示·张**"
    }
    GsChineseNote {
        Layout.fillWidth: true
        visible: true
    }
    GsMistake {
        Layout.fillWidth: true
        text: "手机号应当是 11 位数字。"
    }
    GsParagraph {
        Layout.fillWidth: true
        title: "申请条件"
        body: "年满 80 周岁，户籍在本县。"
        note: "依据：《老年人权益保障法》"
        tags: ["必须", "本县"]
    }
    GsNoticeLine {
        Layout.fillWidth: true
        subject: "material"
        ref: "gallery"
        title: "户口簿"
        answer: "blocks"
        member: ""
        reason: "要看您户口在哪里。"
        basis: "办事指南第 4 条"
        substitutes: "户籍证明"
        obtain: "派出所可以开户籍证明。"
        followBy: ""
        originals: 1
        copies: 1
        askable: false
        tag: "还缺"
        mood: "bad"
    }
    GsNextSteps {
        Layout.fillWidth: true
        deliverBy: "2026-12-01"
        delivered: false
    }
    GsText {
        text: "选择与填写"
        role: "title"
    }
    GsSearchField {
        Layout.fillWidth: true
        placeholderText: "说说要办的事"
    }
    GsInput {
        Layout.fillWidth: true
        text: "已经写了字"
        Accessible.name: "填写栏"
    }
    GsTextArea {
        Layout.fillWidth: true
        objectName: "galleryText"
        label: "请写下来"
        text: "长一点的话，一行写不下的，会自己换到下一行。"
    }
    GsPicker {
        Layout.fillWidth: true
        objectName: "galleryPicker"
        label: "银行"
        choices: ["农村信用社", "邮政储蓄", "其他"]
        chosen: [0]
    }
    GsQuestion {
        Layout.fillWidth: true
        field: "gallery"
        title: "居住地址"
        titleEn: ""
        kind: "text"
        value: ""
        chosen: []
        choices: []
        choicesEn: []
        help: "写到门牌号。"
        mistake: ""
        known: false
        shown: ""
        source: ""
        limit: 100
        required: true
    }
    GsDateField {
        Layout.fillWidth: true
        label: "出生日期"
        value: "1940-01-01"
    }
    GsTabs {
        Layout.fillWidth: true
        tabs: ["conditions", "materials", "steps"]
        current: "materials"
    }
    GsTab {
        Layout.preferredWidth: GsTheme.px(300)
        text: "打开的一页"
        open: true
    }
    GridLayout {
        Layout.fillWidth: true
        columns: GsTheme.portrait ? 1 : 2
        uniformCellWidths: true
        columnSpacing: GsTheme.gap
        rowSpacing: GsTheme.gap
        GsBigChoice {
            Layout.fillWidth: true
            text: "给我自己办"
            note: "用您自己的身份证"
            iconName: "user"
        }
        GsFace {
            Layout.fillWidth: true
            text: "满意"
            iconName: "mood-smile"
        }
        GsCaseRow {
            Layout.fillWidth: true
            submissionNo: "T00010001A2611240000100"
            itemName: "高龄津贴"
            standing: "queued"
            submitted: "2026-11-24T10:32"
            deliverBy: "2026-12-01"
        }
        GsMemberRow {
            Layout.fillWidth: true
            ref: "gallery"
            nameMasked: "演示·张**"
            idMasked: "000***********0266"
            relation: "spouse"
        }
    }
    GsMaterialRow {
        Layout.fillWidth: true
        key: "gallery"
        name: "户口簿"
        member: ""
        standing: "missing"
        pageCount: 0
        note: "扫描户主页和本人页"
        origin: ""
        licensed: false
        pledgedUntil: ""
        pledgeable: true
        optional: false
    }
    ListModel {
        id: galleryItems
        ListElement {
            code: "gallery"
            name: "高龄津贴"
            nameEn: "Old-age allowance"
            summary: "80 岁以上老人每月发放。"
            summaryEn: "A monthly allowance from 80."
            dept: "民政局"
        }
    }
    GsItemList {
        Layout.fillWidth: true
        items: galleryItems
    }
    ListModel {
        id: galleryNotices
        ListElement {
            kind: "power"
            title: "今天停电，下午不办理"
            titleEn: "Power cut: closed this afternoon"
            body: "急用请到县政务服务中心。"
            bodyEn: "If it is urgent, go to the county service centre."
            begins: "2026-07-02T13:00:00+08:00"
            ends: "2026-07-02T18:00:00+08:00"
        }
    }
    GsNotices {
        Layout.fillWidth: true
        model: galleryNotices
    }
    GsOpenPrint {
        Layout.fillWidth: true
        entry: 1
        paper: "receipt"
        itemName: "高龄津贴"
        submissionNo: "T00001A-20260702-00001-5"
        nameMasked: "示*"
        begun: "2026-07-02T09:30:00+08:00"
        uncertain: true
        again: true
        reprint: 1
    }
    GsFeedback {
        Layout.fillWidth: true
        number: "T00001A-20260702-00002-3"
        kind: "guide"
        itemName: "高龄津贴"
        standing: "answered"
        made: "2026-07-02T09:40:00+08:00"
        answer: "谢谢您，指南已经改好。"
        answered: "2026-07-03T10:00:00+08:00"
    }
    GsIdentityForm {
        Layout.fillWidth: true
    }
    GsSignature {
        Layout.fillWidth: true
        Layout.preferredHeight: GsTheme.px(320)
    }
    GsIdPad {
        Layout.fillWidth: true
        letterX: true
    }
    GridLayout {
        columns: 3
        GsPadKey {
            Layout.preferredWidth: GsTheme.px(200)
            key: "7"
        }
        GsPadKey {
            Layout.preferredWidth: GsTheme.px(200)
            key: "back"
        }
        GsPadKey {
            Layout.preferredWidth: GsTheme.px(200)
            key: "done"
        }
    }
    Item {
        Layout.fillWidth: true
        Layout.preferredHeight: GsTheme.px(640)
        GsDialog {
            z: 0
            open: true
            title: "一个问题"
            iconName: "help-circle"
            GsText {
                Layout.fillWidth: true
                text: "要回答了才能往下走。"
            }
            GsButton {
                Layout.alignment: Qt.AlignRight
                kind: "primary"
                text: "知道了"
            }
        }
    }
    Item {
        Layout.fillWidth: true
        Layout.preferredHeight: GsTheme.px(760)
        GsCountdown {
            z: 0
            seconds: 20
        }
    }
    Item {
        Layout.fillWidth: true
        Layout.preferredHeight: GsTheme.px(300)
        clip: true
        GsHills {
            anchors.fill: parent
        }
    }
    GsText {
        text: "图标"
        role: "title"
    }
    Flow {
        Layout.fillWidth: true
        spacing: GsTheme.gap
        Repeater {
            model: page.icons
            Column {
                id: one
                required property string modelData
                width: GsTheme.px(GsTheme.elder ? 230 : 170)
                GsIcon {
                    anchors.horizontalCenter: parent.horizontalCenter
                    name: one.modelData
                    size: GsTheme.iconLarge
                }
                GsText {
                    width: parent.width
                    horizontalAlignment: Text.AlignHCenter
                    text: one.modelData
                    role: "caption"
                    soft: true
                }
            }
        }
    }
}
